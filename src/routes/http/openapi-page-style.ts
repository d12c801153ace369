/** The style sheet of `/docs`, in light and dark. Its digest stands in the page's Content-Security-Policy. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ink:#1c2430;--soft:#5b6675;--line:#dfe4ea;--paper:#fff;--tint:#f5f7f9;--accent:#0b5cad;--good:#18794e;--bad:#b42318;--warn:#9a5b00}
@media(prefers-color-scheme:dark){:root{--ink:#e4e9ef;--soft:#9aa7b6;--line:#2c3542;--paper:#12171e;--tint:#1a212b;--accent:#6db3f8;--good:#5bc98f;--bad:#ff8a7a;--warn:#f0b35a}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1rem}
@media(prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;display:grid;grid-template-columns:18rem minmax(0,1fr);font:15px/1.55 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
nav{position:sticky;top:0;height:100vh;overflow:auto;padding:1.25rem;border-right:1px solid var(--line);background:var(--tint)}
nav h2{font-size:.75rem;letter-spacing:.06em;text-transform:uppercase;color:var(--soft);margin:1.25rem 0 .25rem}
nav ul{list-style:none;margin:0;padding:0}
nav li a{display:block;padding:.2rem 0;color:inherit;text-decoration:none}
nav li a:hover{color:var(--accent)}
.brand{font-size:1.1rem;font-weight:650;margin:0}
.brand a{color:inherit;text-decoration:none}
.brand span{font-weight:400;font-size:.85rem;color:var(--soft)}
main{padding:2rem clamp(1rem,4vw,3.5rem) 6rem;max-width:62rem}
h1{font-size:1.8rem;line-height:1.2;margin:0 0 .5rem}
main>section>h2{font-size:1.35rem;margin:3rem 0 .25rem;padding-top:1rem;border-top:1px solid var(--line)}
article{margin:2rem 0;padding:1.25rem 1.5rem;border:1px solid var(--line);border-radius:10px}
article:target{border-color:var(--accent)}
h3{margin:0;font-size:1.1rem}
h4{margin:1.25rem 0 .35rem;font-size:.8rem;letter-spacing:.05em;text-transform:uppercase;color:var(--soft)}
.path{margin:.4rem 0;overflow-wrap:anywhere}
a{color:var(--accent)}
a:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
code,pre{font:.87em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{overflow:auto;margin:.5rem 0;padding:.9rem 1rem;border-radius:8px;background:var(--tint);border:1px solid var(--line)}
.small{font-size:.87rem;color:var(--soft);margin:.35rem 0}
table{width:100%;border-collapse:collapse;margin:.35rem 0;font-size:.93rem}
th,td{padding:.35rem .75rem .35rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
tr:last-child>th,tr:last-child>td{border-bottom:0}
th{font-weight:500;white-space:nowrap;width:1%;min-width:11rem}
.list thead th{color:var(--soft);font-size:.87em}
.list th,.list td{width:auto;min-width:0}
.list td:last-child code{overflow-wrap:anywhere}
.type{width:1%;min-width:9rem;color:var(--soft);font-size:.93em}
tr:has(+.nested)>*{border-bottom:0}
.nested>td{padding:0 0 .35rem 1rem}
th i{font-size:.85em;color:var(--soft)}
summary{cursor:pointer;padding:.25rem 0}
.method{display:inline-block;min-width:3.3rem;padding:0 .35rem;border-radius:4px;text-align:center;font:600 .68rem/1.6 ui-monospace,monospace;color:var(--accent);border:1px solid currentColor}
.post,.put,.patch{color:var(--good)}
.delete{color:var(--bad)}
.status{font:600 .87rem ui-monospace,monospace;color:var(--warn)}
.s2{color:var(--good)}
.s3{color:var(--accent)}
.s5{color:var(--bad)}
@media(max-width:52rem){body{display:block}nav{position:static;height:auto;max-height:40vh;border-right:0;border-bottom:1px solid var(--line)}article{padding:1rem}table,tbody,tr,th,td{display:block;width:auto}th,td{border:0;padding:.1rem 0}tr{padding:.4rem 0;border-bottom:1px solid var(--line)}tr:has(+.nested){border-bottom:0}.nested{padding-left:1rem}thead{display:none}.list tr{display:flex;flex-wrap:wrap;gap:.1rem .75rem}.list td:last-child{flex-basis:100%;color:var(--soft);font-size:.93em}}
@media print{nav{display:none}body{display:block}}
`;
