import type { Feature, FeatureCollection, Geometry } from 'geojson'
import type { components, operations } from './schema'

type Schemas = components['schemas']

/* The wire types of the administrator's pages, by the glossary's words. */

export type ImportOutcome = Schemas['ImportOutcome']
export type ImportView = Schemas['ImportView']
export type ImportDetail = Schemas['ImportDetail']
export type ImportPage = Schemas['ImportPage']
export type PlanReport = Schemas['PlanReport']
export type RowReport = Schemas['RowReport']
export type Touches = Schemas['Touches']
export type Standing = Schemas['Standing']
/** What became of a row. */
export type RowFate = 'added' | 'changed' | 'same' | 'refused'
/** What an import can be asked for. */
export type ImportQuery = operations['create_reference_import']['parameters']['query']

export type SiteKind = Schemas['SiteKindView']
/** An item of a map: its fields, and its ground. */
export type MapItem = Feature<Geometry, Record<string, unknown>>
export type MapItems = FeatureCollection<Geometry, Record<string, unknown>>

export type Rules = Schemas['RulesView']
export type RulesVersion = Schemas['RulesVersion']
export type Linted = Schemas['Linted']
export type Finding = Schemas['FindingView']
export type Tried = Schemas['Tried']
export type TryRules = Schemas['TryRules']
export type TriedExample = Schemas['ExampleView']

/** An account as administrators see it. */
export type KeptAccount = Schemas['KeptAccount']
export type CreateAccount = Schemas['CreateAccount']
export type UpdateAccount = Schemas['UpdateAccount']
export type PeopleImported = Schemas['PeopleImported']
export type PersonResult = Schemas['PersonResult']

export type Machine = Schemas['Machine']
export type MachineScope = Schemas['MachineScope']
export type CreateMachine = Schemas['CreateMachine']
export type UpdateMachine = Schemas['UpdateMachine']
export type NewSecret = Schemas['NewSecret']
