/** The files that commands of a text start, by their names: `node scripts/config.mjs`, `./deploy.sh`. */
export const programsIn = (text: string): readonly string[] => text.match(programs) ?? []

const programs = /(?<![\w./-])[\w./-]{1,200}\.(?:[cm]?[jt]s|py|rb|sh|pl|php)\b/g
