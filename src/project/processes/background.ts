/** `a &`; not `&&`, `>&`, `&>`: the shell goes on with what stands behind it. */
export const startsInBackground = /[^&>|<\\]&(?![&>\w])|\s&\w/
