/** What the design system's style sheet lacks: the menu without a script, facts, verbatim text, the chart. */
export const consoleCss = `
.navigation-menu { display: block; }
.navigation-menu .mainmenu { display: flex; flex-wrap: wrap; }
.portal-info .portal-user, .solution-info .additional-info { display: block; }
.portal-info .portal-user form { display: inline; }
main { padding-bottom: 4rem; }
main > h1 { margin-top: 2rem; }
main h2 { margin-top: 2.5rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); gap: 1rem 2rem; margin: 1.5rem 0; }
.facts dt { font-weight: 600; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.verbatim { white-space: pre-wrap; overflow-wrap: anywhere; max-height: 30rem; overflow-y: auto; padding: 1rem; margin: 1rem 0;
  border-left: 4px solid #747474; background: #f5f5f5; color: #1a1a1a; font: 1rem/1.5 ui-monospace, monospace; }
.decision { border: 1px solid #747474; padding: 1.5rem; margin: 1.5rem 0; max-width: 50rem; }
.decision > h3 { margin-top: 0; }
.decision fieldset { border: 0; padding: 0; margin: 1.5rem 0 0; min-width: 0; }
.decision .form-group { margin-top: 1rem; }
.decision textarea { width: 100%; max-width: 44rem; }
.more { margin: 1rem 0; }
.more > summary { cursor: pointer; color: #004d99; text-decoration: underline; padding: 0.25rem 0; }
.more > summary:focus-visible { outline: 3px solid #0059b3; outline-offset: 2px; }
.tasks { list-style: none; padding: 0; margin: 1rem 0; max-width: 50rem; }
.tasks li::before, .timeline li::before { content: none; }
.tasks li { list-style: none; padding: 0.75rem 0; border-bottom: 1px solid #bfbfbf; }
.tasks small, .quiet { color: #454545; }
.timeline { list-style: none; padding: 0; margin: 1rem 0; max-width: 50rem; }
.timeline > li { border-left: 4px solid #bfbfbf; padding: 0.25rem 0 0.75rem 1rem; }
.timeline p, .timeline ul { margin: 0; }
.alert { margin-top: 2rem; max-width: 50rem; }
.table th[scope='row'] { font-weight: 600; text-align: left; }
.chart { max-width: 60rem; }
.chart svg { width: 100%; height: auto; }
.old { color: #5a0000; } .new { color: #003d00; }
.inline-buttons { display: flex; gap: 1rem; flex-wrap: wrap; margin-top: 1.5rem; }
`
