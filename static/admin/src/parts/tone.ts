/** What a state means at a glance. The words beside it always say the same. */
export type Tone = 'neutral' | 'information' | 'success' | 'warning' | 'danger' | 'discovery';
