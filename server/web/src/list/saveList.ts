import { problemIn } from '../api/problem'
import { BASE } from '../api/transport'
import { selectionOf, type Filters } from '../issue/filters'
import { authorisedFetch } from '../session'

/** What a list can be saved as: a workbook, or text that every spreadsheet reads. */
export type ListFile = 'xlsx' | 'csv'

/** The whole list behind these filters, as a file; the token goes in a header, never into an address. */
export async function listAs(kind: ListFile, filters: Filters): Promise<Blob> {
  const query = new URLSearchParams(Object.entries(selectionOf(filters)).map(([key, value]) => [key, String(value)]))
  const response = await authorisedFetch(new Request(`${BASE}/issues.${kind}?${query.toString()}`))
  if (!response.ok) throw await problemIn(response)
  return response.blob()
}

/** Hands bytes to the browser as a file. */
export function saveAs(bytes: Blob, name: string): void {
  const address = URL.createObjectURL(bytes)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => { URL.revokeObjectURL(address) }, 60_000)
}
