import {defineCheck, type Facts} from '../../src/check.ts'

type Fault = Facts['goTargetFaults'][number]

export default defineCheck({
  id: 'dockerfile/go-packages',
  title: 'go build makes a program of what it is given',
  why: 'A folder without ./ or without Go files ends go build, and of a package that is not main it makes no program.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['goTargetFaults'],
  uses: ['buildsElse'],
  *run({goTargetFaults, buildsElse}) {
    for (const fault of goTargetFaults) {
      yield {
        message: describe(fault),
        at: fault.at,
        ...(fault.usedAt && {related: [fault.usedAt]}),
        hint: cure(fault),
        ...(fault.fault === 'library' && {failsAt: 'boot'}),
        ...(buildsElse && {severity: 'warning'}),
      }
    }
  },
})

function describe({command, target, fault, name, declaredIn, usedAt}: Fault): string {
  switch (fault) {
    case 'unmarked':
      return `${command} stops: it takes ${target} for a package of its own library, as nothing marks it as a folder`
    case 'empty':
      return `${command} stops: there are no Go files in ${name}`
    case 'library':
      return `${command} makes no program: ${target === '.' ? 'the package that it builds' : target} is the package ${name}, and not main`
    case 'partial':
      return `${command} stops: of the package it is given ${target} alone, and ${usedAt?.file} calls ${name}, which is in ${declaredIn}`
    case 'absent':
      return `${command} stops: ${target} is not there: no COPY brings ${name}`
    case 'several':
      return `${command} stops: ${target} is several packages, and -o names one file for them, ${name}`
  }
}

function cure({command, target, fault, name, program}: Fault): string {
  switch (fault) {
    case 'unmarked':
      return `Write ./${target}`
    case 'absent':
      return `Copy it before this RUN, or name the file as the image has it: COPY … ${name}`
    case 'several':
      return `Name the one package, ${command} -o ${name} ./cmd/…; or end the folder for all of them with a slash: -o ${name}/`
    case 'partial':
      return `Name the folder, which is the whole package: ${command} … ${program}`
    default:
      return program ? `Name the folder of the program: ${command} … ${program}` : 'Name the folder of the program.'
  }
}
