export const firstNames: readonly string[] = (
  'Ada Aisha Alma Amir Ana André Anna Anton Aylin Ben Björn Carla Chen Chloé Clara Daniel David Elif ' +
  'Emma Eva Fatima Felix Finn Greta Hana Hugo Ida Igor Inés Ivan Jana João Jonas Julia Kai Karim Lara ' +
  'Lena Leo Linh Luca Lucía Maja Marek Maria Max Mei Mila Nadia Nils Nina Noah Olga Omar Oskar Paul ' +
  'Petra Rania René Rosa Sara Simon Sofia Søren Tariq Theo Tomás Vera Yara Zoë'
).split(' ');

export const lastNames: readonly string[] = (
  'Abel Almeida Andersson Bauer Becker Bianchi Brandt Carvalho Castro Chen Costa Demir Dubois Eriksen ' +
  'Fischer Fontaine Garcia Gruber Haddad Hansen Hoffmann Horvat Ito Jansen Kaya Keller Kovács Kowalska ' +
  'Krüger Lang Larsen Lindqvist Lopez Marin Meyer Moreau Müller Nguyen Novak Núñez Okafor Olsen Pereira ' +
  'Popescu Rahman Ricci Rossi Sato Schäfer Silva Singh Šimić Tanaka Vogel Wagner Weber Winter Yılmaz ' +
  'Ziegler Öz'
).split(' ');

/** A name as it stands in user names and e-mail addresses: lower case, a to z. */
export function plainName(name: string): string {
  const unmarked = name.normalize('NFD').replace(/\p{Mark}/gu, '');
  return unmarked
    .toLowerCase()
    .replaceAll('ø', 'o')
    .replaceAll('ı', 'i')
    .replace(/[^a-z]/g, '');
}
