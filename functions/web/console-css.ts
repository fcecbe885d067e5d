/**
 * What the design system's style sheet lacks: the menu and the reader's name without a script on a narrow
 * screen, facts, verbatim text. Its root size is 10 px: 1rem is 10 px here.
 */
export const consoleCss = `
.header .navigation-menu { display: block; }
.header .navigation-menu .navigation-menu-inner .nav { display: block; }
.header .navigation-menu ul.mainmenu { display: flex; flex-wrap: wrap; }
.header .portal-info .portal-user { display: flex; flex-wrap: wrap; align-items: center; gap: 0 2.4rem; }
.header .solution-info .additional-info { display: block; }
@media (max-width: 767px) {
  .header .portal-info .portal-info-inner, .header .solution-info .solution-info-inner { height: auto; flex-wrap: wrap; padding-top: .8rem; padding-bottom: .8rem; }
  .header .solution-info .additional-info { text-align: left; max-width: none; }
  .header .navigation-menu .navigation-menu-inner { height: auto; padding: 0 1.6rem; }
}
.portal-info .portal-user form { display: inline; }
main { padding-bottom: 6rem; }
main > h1 { margin-top: 3.2rem; }
main h2 { margin-top: 4rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(22rem, 1fr)); gap: 1.6rem 2.4rem; margin: 2.4rem 0; }
.facts > div { min-width: 0; }
.facts dt { font-weight: 600; }
.facts dd { margin: 0; overflow-wrap: break-word; }
.verbatim { white-space: pre-wrap; overflow-wrap: anywhere; max-height: 48rem; overflow-y: auto; padding: 1.6rem; margin: 1.6rem 0;
  border-left: 4px solid #747474; background: #f5f5f5; color: #1a1a1a; font: 1.6rem/1.5 ui-monospace, monospace; max-width: 90rem; }
.verbatim :target, td :target, th :target { outline: 3px solid #1a1a1a; outline-offset: 3px; }
.decision { border: 1px solid #747474; padding: 2.4rem; margin: 2.4rem 0; max-width: 80rem; }
.decision > h3 { margin-top: 0; }
.decision fieldset { border: 0; padding: 0; margin: 2.4rem 0 0; min-width: 0; }
.decision .form-group { margin-top: 1.6rem; }
.decision .form-group fieldset { margin-top: 0; }
.decision textarea { width: 100%; max-width: none; }
.decision .facts { margin: 1.6rem 0; }
.more { margin: 1.6rem 0; }
.more > summary { cursor: pointer; color: #004d99; text-decoration: underline; padding: .4rem 0; }
.more > summary:focus-visible { outline: 3px solid #0059b3; outline-offset: 2px; }
.tasks { list-style: none; padding: 0; margin: 1.6rem 0; max-width: 80rem; }
.tasks li { list-style: none; max-width: none; padding: 1.2rem 0; margin: 0; border-bottom: 1px solid #bfbfbf; }
.tasks li::before { content: none; }
.tasks small, .quiet { color: #454545; font-size: 1.4rem; }
.quiet { overflow-wrap: anywhere; }
.facts .badge { white-space: normal; }
.table ul { margin: 0; }
.table .badge { white-space: nowrap; }
.alert { margin-top: 2.4rem; max-width: 80rem; }
.table th[scope='row'] { font-weight: 600; text-align: left; }
.joint-report figure { margin: 1.6rem 0; }
.joint-report svg { max-width: 100%; height: auto; }
.joint-report dt { font-weight: 600; margin-top: 1.2rem; }
.joint-report dd { margin: 0; }
.joint-report section.agreement { border-top: 1px solid #6b6b6b; margin-top: 3.2rem; }
.old { color: #5a0000; } .new { color: #003d00; }
.filter { display: flex; flex-wrap: wrap; align-items: flex-end; gap: 0 2.4rem; }
.filter .form-group { min-width: 20rem; margin-top: 1.6rem; }
.graph { overflow-x: auto; border: 1px solid #bfbfbf; margin: 1.6rem 0; background: #fff; }
.table time { white-space: nowrap; }
.graph svg { display: block; max-width: none; }
.inline-buttons { display: flex; gap: 1.6rem; flex-wrap: wrap; margin-top: 2.4rem; }
`
