/** Settings by which pnpm lays packages into the node_modules of the root, where each package finds them (pnpm.io/settings). */
export const hoists = /^[ \t]*["']?(?:shamefully-?hoist|public-?hoist-?pattern|node-?linker)\b/im
