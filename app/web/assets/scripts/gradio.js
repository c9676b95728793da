// Gradio, as far as our scripts know it. Its own elements are no promise of its makers: all that we lean on stand
// here, and in gradio.css, and tests/browser/test_web_browser_gradio.py says which of them is gone.

export const GRADIO = {
  box: "#m-ask textarea",
  send: "#m-ask .submit-button",
  sidebar: "#m-documents .sidebar-content",
  toggle: "#m-documents .toggle-button",
  opened: "#m-documents.open",
  view: "#m-chat [role=log]",
  newest: "#m-chat .scroll-down-button-container button",
  asked: "#m-chat .user-row",
  message: "#m-chat [data-testid]",
  examples: "#m-chat .examples",
  day: "#m-filter-days input",
  documents: "#m-filter input",
  choice: "#m-filters .m-choice input",
  example: "#m-chat .example",
  // For the tests alone.
  token: ".token",
  toast: ".toast-wrap",
};

// What gradio hands to page.py's script: `element` is the inside of the source panel, `trigger` sends an event to the
// server, `watch` tells of the panel's new value.
export let element, trigger, watch;

export function connect(...handed) {
  [element, trigger, watch] = handed;
}
