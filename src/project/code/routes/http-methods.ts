/** By these names frameworks register a route of one method, or of all. */
export const methods = 'get|post|put|patch|delete|head|options|all|any'
