import { html } from "./html.ts";
import type { Markup } from "./html.ts";

/** One of several views of which a single one is shown. */
export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly content: Markup;
}

/** Tabs by the rules of WAI-ARIA; the page's script moves between them, without it all are shown. */
export function tabs(group: string, label: string, list: readonly Tab[]): Markup {
  return html`<div class="tabs" data-tabs><div role="tablist" aria-label="${label}">${list.map(
    ({ id, title }, index) =>
      html`<button type="button" role="tab" id="${group}-${id}-tab" aria-controls="${group}-${id}" aria-selected="${index === 0 ? "true" : "false"}" tabindex="${index === 0 ? 0 : -1}">${title}</button>`,
  )}</div>${list.map(
    ({ id, content }) => html`<div role="tabpanel" id="${group}-${id}" aria-labelledby="${group}-${id}-tab">${content}</div>`,
  )}</div>`;
}
