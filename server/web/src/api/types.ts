import type { FeatureCollection, Geometry } from 'geojson'
import type { Topic } from '../notices/topics'
import type { components, operations } from './schema'

type Schemas = components['schemas']

/*
 * The wire types the pages use, by the glossary's words. Only this file names generated ones.
 * Where the document says `string` for a word of a closed list, or `object` for GeoJSON and for
 * what an event holds, the narrower type is given here.
 */

/** Where an issue stands. */
export type Stage =
  | 'reported' | 'filed' | 'dispatched' | 'accepted' | 'rectified' | 'closed' | 'refused' | 'void' | 'returned' | 'reopened' | 'deferred' | 'shelved' | 'merged'
/** 迎检时限: a time with shorter limits, and what setting it does to open issues. */
export type LimitPeriod = Schemas['LimitPeriod']
export type LimitPeriodList = Schemas['LimitPeriodList']
export type LimitPeriodOutcome = Schemas['LimitPeriodOutcome']
export type SetLimitPeriod = Schemas['SetLimitPeriod']
/** 通知 and the channels they leave by. */
export type NoticeTopic = Topic
export type Notice = Omit<Schemas['Notice'], 'topic'> & { topic: Topic }
export type NoticePage = Omit<Schemas['NoticePage'], 'items'> & { items: Notice[] }
export type Channel = Omit<Schemas['Channel'], 'topics'> & { topics: Topic[] }
export type ChannelList = Omit<Schemas['ChannelList'], 'items'> & { items: Channel[] }
export type ChannelKind = Schemas['ChannelKind']
export type ChannelTested = Schemas['ChannelTested']
export type SetChannel = Schemas['SetChannel']
export type MessageView = Schemas['Message']
export type MessagePage = Schemas['MessagePage']
/** What a reader may ask to be done with an issue. */
export type CommandWord =
  | 'file' | 'refuse' | 'void' | 'release' | 'dispatch' | 'offer' | 'claim' | 'decline-claim' | 'accept' | 'return' | 'rectify' | 'secure' | 'extend' | 'defer' | 'shelve' | 'decide' | 'resume' | 'review' | 'verify' | 'override' | 'merge'
  | 'set-task' | 'accept-part' | 'finish-part' | 'release-part'
/** Why a bureau sends an issue back. */
export type ReturnReason = 'not_our_duty' | 'ownership_unclear' | 'wrong_place' | 'duplicate' | 'gone'
/** Why a report is not taken up, or an issue is taken out of the figures. */
export type DismissReason = 'false_alarm' | 'duplicate' | 'outside_district' | 'below_condition'
/** What a bureau says it found or did. */
export type Outcome = 'rectified' | 'no_longer_there'

/** What a person is to the system: what they may see and do. */
export type Role = Schemas['Role']
export type Account = Schemas['Account']
export type Session = Schemas['Session']
export type Me = Schemas['Me']
/** What an account has to do before it may do anything else. */
export type Duty = Schemas['Must']
export type Device = Schemas['Device']
export type Handover = Schemas['Handover']
export type Issue = Staged<Schemas['Issue']>
export type IssueDetail = Staged<Schemas['IssueDetail']> & { allowed: CommandWord[] }
export type IssuePage = Omit<Schemas['IssuePage'], 'items'> & { items: Issue[] }
/** How an issue's limit came to end when it does. */
export type IssueLimit = Schemas['LimitView']
export type IssueEvent = Omit<Schemas['EventView'], 'payload'> & { payload: Record<string, unknown> }
export type IssuePoint = Schemas['PointNear']
/** One report of an issue. */
export type ReportOf = Schemas['ReportOf']
export type Photo = Schemas['PhotoView']
export type Finding = Schemas['PhotoFinding']
export type ManifestPhoto = Schemas['ManifestPhoto']
export type StatedPosition = Schemas['StatedPosition']
export type Position = Schemas['PositionView']
export type Point = Omit<Schemas['PointView'], 'geometry'> & { geometry: Geometry }
export type Areas = FeatureCollection
export type Cluster = Schemas['Cluster']
/** What of a cluster is of one band, category or stage. */
export type Share = Schemas['Share']
/** Who answers for places, each a feature of `title`, `unit`, `person` and what it `covers`. */
export type Duties = FeatureCollection
export type Figures = Schemas['Figures']
export type FigureRow = Schemas['FigureRow']
/** A share, with what it was made of. */
export type Rate = Schemas['RateView']
/** What became of an issue, for one reader. */
export type Change = Schemas['Change']
export type Bureau = Schemas['BureauView']
export type Category = Schemas['CategoryView']

/** With its stage as one of the words that the pages know. */
type Staged<T> = T & { stage: Stage }

/** What is known of a problem before it is filed, and what may be said of it then. */
export type SuggestRequest = Schemas['SuggestRequest']
export type NearbyIssue = Staged<Schemas['NearbyIssue']>
export type RoutingSuggestion = Omit<Schemas['RoutingSuggestion'], 'nearby'> & { nearby: NearbyIssue[] }
export type CategoryCandidate = Schemas['CategoryCandidate']
export type RouteSuggested = Schemas['RouteSuggested']

/** What the 8:30 meeting looks at. */
export type MorningFigures = Schemas['MorningFigures']
export type Exposed = Staged<Schemas['Exposed']>
export type Morning = Omit<Schemas['Morning'], 'exposed'> & { exposed: Exposed[] }
/** The ledger of what is deferred or shelved. */
export type SuspensionPage = Omit<Schemas['SuspensionPage'], 'items'> & { items: Issue[] }
/** How somebody looks again. */
export type Way = 'on_site' | 'desk' | 'video'
/** A look that is owed, and why this way. */
export type Check = Schemas['Check']
export type VerificationTask = Schemas['VerificationTask']
export type TaskPage = Schemas['TaskPage']
export type TaskInspector = Schemas['TaskInspector']
/** How long issues wait for the office. */
export type DeskClock = Schemas['DeskClock']
export type DeskClocks = Schemas['DeskClocks']
export type DeskWaits = Schemas['WaitPage']
/** What everybody works towards. */
export type Campaign = Schemas['Campaign']

/** A complaint or suggestion 投诉建议 of whoever works with the system. */
export type Suggestion = Schemas['Suggestion']
/** A link 链接 for somebody without an account. */
export type Link = Schemas['Link']
/** What came by one. */
export type GuestDraft = Schemas['GuestDraft']
export type LinkPage = Schemas['LinkPage']
/** A photo of a draft that a bureau takes over. */
export type AdoptedPhoto = Schemas['AdoptedPhoto']
export type Viewing = Schemas['ViewingView']
export type SuggestionPage = Schemas['SuggestionPage']
/** A supervision card 督办卡, or a letter 协调函. */
export type CardStage = 'draft' | 'signed' | 'delivered' | 'replied' | 'accepted' | 'upgraded' | 'withdrawn'
export type CardColour = 'white' | 'yellow' | 'red'
/** What a reader may do with a card. */
export type CardStep = 'sign' | 'deliver' | 'reply' | 'accept' | 'upgrade' | 'withdraw' | 'comment'
interface CardWords { stage: CardStage; colour: CardColour | null; kind: 'card' | 'letter' }
export type Card = Omit<Schemas['Card'], keyof CardWords> & CardWords
export type CardDetail = Omit<Schemas['CardDetail'], keyof CardWords | 'issues' | 'allowed' | 'events'> & CardWords & {
  issues: Issue[]
  allowed: CardStep[]
  events: (Omit<Schemas['CardEvent'], 'payload'> & { payload: Record<string, unknown> })[]
}
export type CardPage = Omit<Schemas['CardPage'], 'items'> & { items: Card[] }
export type CardRulesView = Schemas['CardRulesView']
export type ProposalList = Schemas['ProposalList']
/** What `GET /cards` can be asked for. */
export type CardQuery = NonNullable<operations['list_cards']['parameters']['query']>

/** Counts 计数观测, and their sums by what was counted and where. */
export type CountPage = Schemas['CountPage']

/** What `GET /issues` can be asked for. */
export type IssueQuery = NonNullable<operations['list_issues']['parameters']['query']>

/** The body of each command, by its word. */
export interface CommandBodies {
  file: Schemas['FileCommand']
  refuse: Schemas['DismissCommand']
  void: Schemas['DismissCommand']
  release: Schemas['PlainCommand']
  dispatch: Schemas['DispatchCommand']
  offer: Schemas['OfferCommand']
  claim: Schemas['PlainCommand']
  'decline-claim': Schemas['DeclineClaimCommand']
  accept: Schemas['PlainCommand']
  return: Schemas['ReturnCommand']
  rectify: Schemas['RectifyCommand']
  extend: Schemas['ExtendCommand']
  defer: Schemas['DeferCommand']
  shelve: Schemas['ShelveCommand']
  decide: Schemas['DecideCommand']
  resume: Schemas['NoteCommand']
  review: Schemas['NoteCommand']
  verify: Schemas['VerifyCommand']
  override: Schemas['OverrideCommand']
  merge: Schemas['MergeCommand']
  'set-task': Schemas['TaskCommand']
  'accept-part': Schemas['PlainCommand']
  'finish-part': Schemas['FinishCommand']
  secure: Schemas['FinishCommand']
  'release-part': Schemas['ReleasePartCommand']
}

/** The body of any command. */
export type CommandBody = CommandBodies[CommandWord]

/** An issue as the reader saw it when deciding. */
export type SeenIssue = Pick<Issue, 'id' | 'version'>

/** 通报, 简报, 调度: issued figures, and the issues behind them. */
export type Bulletin = Schemas['Bulletin']
export type BulletinPage = Schemas['BulletinPage']
export type BulletinAsk = Schemas['BulletinAsk']
export type BulletinReplay = Schemas['BulletinReplay']
export type BulletinMember = Schemas['BulletinMember']
export type BulletinMemberPage = Schemas['BulletinMemberPage']
export type BulletinQuery = NonNullable<operations['list_bulletins']['parameters']['query']>
export type BulletinMemberQuery = NonNullable<operations['list_bulletin_members']['parameters']['query']>
