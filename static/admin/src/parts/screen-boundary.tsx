import type { ReactNode } from 'react';
import { Component } from 'react';
import { LoadFailed } from './loading';

interface State {
  readonly failure?: Error;
}

/** Keeps one broken screen from blanking the page. React offers this to classes only. */
export class ScreenBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = {};

  static getDerivedStateFromError(failure: Error): State {
    return { failure };
  }

  override render(): ReactNode {
    if (this.state.failure === undefined) return this.props.children;
    return (
      <LoadFailed what="this screen" error={this.state.failure} onRetry={() => this.setState({ failure: undefined })} />
    );
  }
}
