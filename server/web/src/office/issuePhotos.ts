import type { IssueDetail, Photo } from '../api/types'

/** The photos of an issue's reports of which there are pictures, the first report's first. */
export function picturesOf({ reports }: Pick<IssueDetail, 'reports'>): Photo[] {
  return reports.flatMap((report) => report.photos).filter(({ state }) => state === 'ready' || state === 'stored')
}
