/** What can be imported, in the order in which a new district needs it. */
export const IMPORT_KINDS = [
  'district', 'calendar', 'areas', 'bureaus', 'standard', 'taxonomy', 'points', 'places', 'site-kinds', 'checklists', 'sites', 'facilities',
  'permitted-zones', 'cameras', 'duties', 'routing',
] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

/** What a file of a kind does not always say itself. */
export type Option = 'datum' | 'level' | 'point_kind' | 'radius_m' | 'only' | 'columns' | 'derive_codes' | 'encoding'

const ON_GROUND: Option[] = ['datum', 'columns', 'derive_codes', 'encoding']
const LISTED: Option[] = ['columns', 'encoding']

const OPTIONS: Record<ImportKind, Option[]> = {
  district: [], calendar: [], routing: [], standard: ['encoding'],
  areas: ['level', 'datum', 'columns', 'encoding'],
  points: ['point_kind', 'radius_m', 'only', ...ON_GROUND],
  places: ON_GROUND, sites: ON_GROUND, facilities: ON_GROUND, cameras: ON_GROUND, 'permitted-zones': ['datum', 'columns', 'encoding'], duties: ['datum', 'columns', 'encoding'],
  bureaus: LISTED, taxonomy: LISTED, 'site-kinds': LISTED, checklists: LISTED,
}

export function optionsOf(kind: ImportKind): Option[] {
  return OPTIONS[kind]
}

/** What the file chooser offers. */
export function acceptOf(kind: ImportKind): string {
  if (kind === 'district' || kind === 'routing') return '.toml'
  if (kind === 'calendar') return '.json'
  if (kind === 'standard') return '.xlsx,.csv'
  if (kind === 'areas' || kind === 'places' || kind === 'permitted-zones') return '.geojson,.json'
  return LISTED === OPTIONS[kind] ? '.csv' : '.geojson,.json,.csv'
}

export function isImportKind(kind: unknown): kind is ImportKind {
  return typeof kind === 'string' && (IMPORT_KINDS as readonly string[]).includes(kind)
}

const GUESSES: [RegExp, ImportKind][] = [
  [/district/, 'district'], [/calendar|^20\d\d\.json$|节假日/, 'calendar'], [/site-?kinds?|点位类型/, 'site-kinds'], [/checklist|检查/, 'checklists'],
  [/bureau|unit|责任单位|单位/, 'bureaus'], [/taxonomy|civilized|立案条件/, 'taxonomy'], [/standard|标准/, 'standard'], [/zone|疏导/, 'permitted-zones'],
  [/camera|视频/, 'cameras'], [/dut(y|ies)|包保/, 'duties'], [/routing|rules|派遣/, 'routing'], [/facilit|设施|公厕/, 'facilities'],
  [/place|street.*lane|背街|小区/, 'places'], [/points?|固定点位/, 'points'], [/sites?|测评点位/, 'sites'], [/area|outline|streets|辖区|社区/, 'areas'],
]

/** What a file seems to hold, by its name; null when that says nothing. */
export function guessKind(name: string): ImportKind | null {
  return GUESSES.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1] ?? null
}
