import type { viewing as zhViewing } from '../zh/viewing'

/** 暗访: who was shown a finding while it was kept from bureaus. */
export const viewing: typeof zhViewing = {
  title: 'Who saw it while it was blind', intro: 'Whoever was shown this issue or its photos before the release is on record here. What is shown after the release is not.', none: 'Nobody saw it before the release.',
  opened: 'opened the issue', listed: 'in a list, map or feed', photo: 'saw a photo', exported: 'exported a file',
  once: '{at}', until: '{first} to {last}', failed: 'The record could not be read.',
}
