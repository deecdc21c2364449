import type { ObjectDirective } from 'vue'

/**
 * Takes the keyboard along to what has just appeared, where the pressed button is gone: to the
 * element itself, or with `:input` to the first field in it.
 */
export const vAppear: ObjectDirective<HTMLElement> = {
  mounted(element, { arg }) {
    const field = arg === 'input' ? element.querySelector('input:not([readonly])') : null
    if (field instanceof HTMLElement) {
      field.focus()
      return
    }
    element.tabIndex = -1
    element.focus({ preventScroll: true })
  },
}
