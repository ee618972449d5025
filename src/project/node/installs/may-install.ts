/** Whatever may install packages: package managers in a way that is not followed, other builders, scripts. */
const installers =
  /\b(?:npm|pnpm|yarn|bun|deno|cnpm|vlt)\b[^&;|\n]{0,300}\s(?:ci|ic|cit|it|in|ins|inst|clean-install|i|install|install-\S+|add|link|dlx|workspaces?|setup)\b|\byarn\s*(?:--|$|&|;)|\b(?:npx|bunx|corepack (?:yarn|pnpm|npm))\b|\b(?:turbo|nx|lerna|rush|just|task|make|volta|bazel|gradlew?|mvnw?|dotnet|rake|rails|composer|cargo|go generate|nci?|ni)\b|\b(?:node|(?:ba|da|a)?sh)\s+[^-\s]|(?:^|\s)\.\/\w|\.(?:sh|py)\b|node_modules/m
/** It makes programs of packages known to all, and brings none of the project. */
const globally = /\b(?:npm|pnpm|yarn|bun)\b[^&;|\n]{0,300}\s(?:-g|--global|global)\b[^&;|\n]{0,300}/g

/** Whether a command may install packages of the project. */
export const mayInstall = (text: string): boolean =>
  installers.test(text.replace(/\\\r?\n/g, ' ').replace(globally, ''))
