/** Variables that a build writes into the pages, where everybody can read them. */
export const forTheBrowser = /^(?:NEXT_PUBLIC|NUXT_PUBLIC|VITE|REACT_APP|VUE_APP|EXPO_PUBLIC|PUBLIC|GATSBY|STORYBOOK)_/
