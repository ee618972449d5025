/** The methods that a file with handlers exports: `export const GET = …`; undefined where others may be among them. */
export function exportedMethods(text: string, all = 'fallback'): string[] | undefined {
  const methods = [...text.matchAll(exported)].map(([, method = '']) => method)
  const isOpen = methods.length === 0 || methods.includes(all) || /\bexport\s{0,9}[{*]/.test(text)
  return isOpen ? undefined : methods
}

const exported =
  /\bexport\s{1,9}(?:const|let|(?:async\s{1,9})?function)\s{1,9}(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|ALL|fallback)\b/g
