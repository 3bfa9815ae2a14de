/**
 * What the simulated company is made of. Accents, apostrophes and characters with a meaning in URLs are there on purpose:
 * each has broken a server that decoded or compared carelessly.
 */
export const givenNames = [
  'Mia',
  'Zoë',
  'José',
  'Aino',
  'Omar',
  'Priya',
  'Jürgen',
  'Chloé',
  'Liam',
  'Ana-Maria',
  'Thảo',
];
export const surnames = [
  'Lind',
  "O'Brien",
  'Müller',
  'Nguyễn',
  'García',
  'Smith',
  'Ångström',
  'Kowalski',
  'De la Cruz',
];
export const jobTitles = ['Analyst', 'Engineer', 'Accountant', 'Head of R&D', 'Buyer', 'Nurse', 'Site lead (night)'];
export const departments = [
  'Risk',
  'Treasury',
  'R&D',
  'Sales + Marketing',
  'Legal',
  '50% Club',
  'Küche/Kantine',
  'IT #1',
];
export const languages = ['en-US', 'sv-SE', 'de', 'pt-BR', 'ja-JP'];

export interface Site {
  readonly office: string;
  readonly street: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  readonly country: string;
}

export const sites: readonly Site[] = [
  { office: 'HQ-4', street: '1 Elm Rd', city: 'Lund', state: 'Skåne', postalCode: '22100', country: 'Sweden' },
  {
    office: 'B/2',
    street: 'Rua Augusta 9',
    city: 'São Paulo',
    state: 'SP',
    postalCode: '01305-000',
    country: 'Brazil',
  },
  { office: 'T 11', street: '丸の内 1-1', city: '東京', state: '東京都', postalCode: '100-0005', country: 'Japan' },
  {
    office: 'N°7',
    street: '7 "Old" Mill, Unit 3',
    city: 'Cork',
    state: 'Munster',
    postalCode: 'T12',
    country: 'Ireland',
  },
];
