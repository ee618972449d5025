/** Whether a file is of a project for tests, as .NET has them beside the program: `Shop.Tests/CartTest.cs`. */
export const isTestCode = (path: string): boolean => /[Tt]ests?\//.test(path)
