import type { components, operations } from './schema'

type Schemas = components['schemas']

/** The wire types the pages use, by the glossary's words. Only this file names generated ones. */
export type Account = Schemas['Account']
export type Session = Schemas['Session']
export type Issue = Schemas['Issue']
export type IssueDetail = Schemas['IssueDetail']
export type IssuePage = Schemas['IssuePage']
export type IssueEvent = Schemas['IssueEvent']
export type IssuePoint = Schemas['IssuePoint']
export type Photo = Schemas['Photo']
export type ManifestPhoto = Schemas['ManifestPhoto']
export type ClaimedPosition = Schemas['ClaimedPosition']
export type Position = Schemas['Position']
export type Point = Schemas['Point']
export type Areas = Schemas['Areas']
export type Bureau = Schemas['Bureau']
export type Category = Schemas['Category']
export type Stage = Schemas['Stage']
export type CommandWord = Schemas['CommandWord']
export type ReturnReason = Schemas['ReturnReason']
export type RefuseReason = Schemas['RefuseReason']
export type Outcome = Schemas['Outcome']

/** What `GET /issues` can be asked for. */
export type IssueQuery = NonNullable<operations['list_issues']['parameters']['query']>

/** The body of each command, by its word. */
export interface CommandBodies {
  file: Schemas['FileIssue']
  refuse: Schemas['RefuseIssue']
  void: Schemas['VoidIssue']
  release: Schemas['ReleaseIssue']
  dispatch: Schemas['DispatchIssue']
  accept: Schemas['AcceptIssue']
  return: Schemas['ReturnIssue']
  rectify: Schemas['RectifyIssue']
  verify: Schemas['VerifyIssue']
  override: Schemas['OverrideIssue']
}

/** The body of any command. */
export type CommandBody = CommandBodies[CommandWord]

/** An issue as the reader saw it when deciding. */
export type SeenIssue = Pick<Issue, 'id' | 'version'>
