/** The colours of a map. Every name keeps its meaning from skin to skin. */
export interface Skin {
  outside: string
  ground: string
  park: string
  road: string
  roadEdge: string
  street: string
  compound: string
  compoundEdge: string
  areaLine: string
  areaLineStrong: string
  text: string
  textSoft: string
  halo: string
  zone: string
  point: string
  pointSoft: string
  /** Circles of points by what is open around them, and the numbers in them. */
  load: string
  loadText: string
  rings: { core: string; near: string; wide: string }
  ringFill: number
  here: string
  /** Names are this many times larger: a wall is read from five metres. */
  scale: number
}

/** By day: paper, in the sun too. */
const day: Skin = {
  outside: '#e4ebee', ground: '#fbfcfc', park: '#dfeddd', road: '#ffffff', roadEdge: '#b9c7ce', street: '#8fa3ad',
  compound: '#eef0ea', compoundEdge: '#c9cdbf', areaLine: '#c3ced4', areaLineStrong: '#7e919c',
  text: '#26353d', textSoft: '#4a5a64', halo: '#ffffff', zone: '#1d7a4f', point: '#0b4f6c', pointSoft: '#5d7684', load: '#0b5c86', loadText: '#ffffff',
  rings: { core: '#b45309', near: '#2b6f8c', wide: '#7a5ea8' }, ringFill: 0.05, here: '#1a5fd0', scale: 1,
}

/** By night: a wall that does not dazzle the room. */
const night: Skin = {
  outside: '#08131a', ground: '#0f212b', park: '#12301f', road: '#2b4452', roadEdge: '#0b1a22', street: '#3c5866',
  compound: '#152a35', compoundEdge: '#25404e', areaLine: '#2e4a58', areaLineStrong: '#6f93a5',
  text: '#eaf4f8', textSoft: '#b6cad4', halo: '#08131a', zone: '#4fd39a', point: '#9fdcf5', pointSoft: '#7da3b4', load: '#f2b134', loadText: '#1a1300',
  rings: { core: '#ffb454', near: '#6cc7ea', wide: '#b79cf0' }, ringFill: 0.06, here: '#6aa8ff', scale: 1,
}

/** On a wall few names are shown, and those large. */
const wallDay: Skin = { ...day, scale: 1.7 }
const wallNight: Skin = { ...night, scale: 1.7 }

export const SKINS = { day, night, wallDay, wallNight }
export type SkinName = keyof typeof SKINS

/** How pressing an open issue is; a map shows it by colour and by sign. */
export type Urgency = 'late' | 'soon' | 'open' | 'check'

/** The least pressing first, so that the number of one says which outweighs which. */
export const URGENCIES: Urgency[] = ['check', 'open', 'soon', 'late']

export const URGENCY_COLOURS: Record<Urgency, string> = { check: '#5b3fa0', open: '#0b5c86', soon: '#a04a00', late: '#a3151d' }
