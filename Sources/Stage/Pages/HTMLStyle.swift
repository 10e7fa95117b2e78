/// The style of a page: calm, for a screen of any width, light or dark as the reader has it, and for paper.
enum HTMLStyle {
  static let text = """
    :root { color-scheme: light dark; --ink: #1d2129; --paper: #fdfdfb; --faint: #5d6570; --line: #d9dce1; --code: #f1f3f5;
      --link: #0b57a4; --bad: #a8201a; --badpaper: #fdf0ee; --mark: #1a7f4b; }
    @media (prefers-color-scheme: dark) { :root { --ink: #dfe3e8; --paper: #14171b; --faint: #98a2ad; --line: #333a42;
      --code: #1d2228; --link: #7cb7f5; --bad: #ff8f85; --badpaper: #2c1a19; --mark: #62c796; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 system-ui, sans-serif;
      overflow-wrap: break-word; }
    main, footer { max-width: 52rem; margin: 0 auto; padding: 0 1.25rem; }
    main { padding-top: 2.5rem; }
    h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 1rem; }
    h2 { font-size: 1.4rem; margin: 3rem 0 .5rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
    h3, h4, h5, h6 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
    p, ul, ol { margin: .75rem 0; }
    a { color: var(--link); }
    code, pre, table { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .875rem; }
    p code, li code { background: var(--code); padding: .1em .3em; border-radius: 3px; }
    pre { margin: 0; padding: .6rem .9rem; overflow-x: auto; line-height: 1.45; tab-size: 8; }
    nav { margin: 1.5rem 0; color: var(--faint); }
    .step { margin: 1rem 0; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
    .code { background: var(--code); font-weight: 600; white-space: pre-wrap; overflow-wrap: anywhere; }
    .code code::before { content: "❯ "; color: var(--mark); }
    .result, .note, .report { border-top: 1px solid var(--line); }
    .note { color: var(--faint); }
    .report, .failed > .remark { color: var(--bad); background: var(--badpaper); }
    .remark { margin: 0; padding: .3rem .9rem; font-size: .875rem; color: var(--faint); border-top: 1px solid var(--line); }
    .waiting { border-style: dashed; }
    .drawing { margin: 1rem 0; }
    .wide { overflow-x: auto; border-top: 1px solid var(--line); }
    table { border-collapse: collapse; margin: .4rem .9rem; }
    th, td { text-align: left; vertical-align: top; padding: .2rem 1.5rem .2rem 0; }
    thead th { border-bottom: 1px solid var(--line); }
    td > table { margin: 0; }
    .record > tbody > tr > .number { text-align: left; }
    .record th { color: var(--link); font-weight: 400; }
    .number { text-align: right; font-variant-numeric: tabular-nums; }
    details { border-top: 1px solid var(--line); }
    details details { margin: 0; }
    summary { padding: .35rem .9rem; cursor: pointer; color: var(--faint); font-size: .875rem; }
    footer { padding-top: 2rem; padding-bottom: 3rem; color: var(--faint); font-size: .875rem; }
    @media print { .code, h2, h3 { break-after: avoid; } pre { white-space: pre-wrap; overflow-wrap: anywhere; }
      .wide { overflow: visible; } details, nav { display: none; } }

    """
}
