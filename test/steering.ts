/** A character that moves the cursor, ends a line in some reader or turns its direction; `\n` is the report's own. */
export const steering = /(?!\n)[\p{Control}\u2028\u2029\p{Bidi_Control}\p{Surrogate}]/u
