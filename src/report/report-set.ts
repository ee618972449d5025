/**
 * The reports of many deploys as one document: what `--all` and `merge` write.
 * The schema is the source of the type and of report-set.schema.json. Import its types only: zod is not loaded in a run.
 */
import * as z from 'zod'
import {reportSchema} from './report.ts'

export const reportSetSchema = z
  .strictObject({
    version: z.literal(1),
    verdict: z.enum(['go', 'no-go']).describe('no-go where one of the reports says so'),
    reports: z.array(reportSchema).min(1).describe('in the order of the configurations'),
  })
  .describe('What preflight found out before the deploys of several apps')

export type ReportSet = z.infer<typeof reportSetSchema>
