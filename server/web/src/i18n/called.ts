import { locale } from './locale'

/** Something of the reference data, with its English name where it has one. */
export interface Named { name: string; name_en?: string | null }

/** What it is called in the reader's language. */
export function called({ name, name_en }: Named): string {
  return (locale.value === 'en' && name_en) || name
}
