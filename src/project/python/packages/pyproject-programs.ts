import {isTable} from '../../documents/document.ts'

/** The programs that pyproject.toml makes of functions (`shop = "shop.cli:main"`): [project.scripts] (PEP 621) and Poetry's. */
export function pyprojectPrograms({project, tool}: Record<string, unknown>): string[] {
  const poetry = isTable(tool) ? tool.poetry : undefined
  return [project, poetry].flatMap((table) => {
    const scripts = isTable(table) ? table.scripts : undefined
    return isTable(scripts) ? Object.keys(scripts) : []
  })
}
