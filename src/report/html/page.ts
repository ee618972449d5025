import {createHash} from 'node:crypto'
import {type Content, Html, html} from './html.ts'
import {style} from './style.ts'

/** A page says that it is preflight's, so that the dashboard writes over no other. */
export const generator = '<meta name="generator" content="preflight">'

/**
 * A whole document: one file that needs nothing beside it. It can load nothing and run nothing, and only the style above
 * counts, whatever a name of the project brings.
 */
export function page(title: string, body: Content, css: string = style): string {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
${new Html(generator)}
<title>${title}</title>
<style>${new Html(css)}</style>
</head>
<body>
${body}
</body>
</html>
`.text
}
