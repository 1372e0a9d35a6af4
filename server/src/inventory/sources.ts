import type { HostQuery, Platform } from '../kernel/host-queries.ts';
import type { SignatureSource, UseSource } from './extras.ts';
import type { RowSource, SoftwareCorrection, SoftwareKind, SoftwareSource } from './software.ts';
import { adobePlugins } from './sources/adobe-plugins.ts';
import { androidApps } from './sources/android-apps.ts';
import { apkPackages } from './sources/apk-packages.ts';
import { appExecutables } from './sources/app-executables.ts';
import { appOpened } from './sources/app-opened.ts';
import { appSignatures } from './sources/app-signatures.ts';
import { apps } from './sources/apps.ts';
import { chocolateyPackages } from './sources/chocolatey-packages.ts';
import { chromeExtensions, chromeosExtensions } from './sources/chrome-extensions.ts';
import { codesign } from './sources/codesign.ts';
import { debOpened } from './sources/deb-opened.ts';
import { debPackages } from './sources/deb-packages.ts';
import { firefoxAddons } from './sources/firefox-addons.ts';
import { firefoxEsr } from './sources/firefox-esr.ts';
import { goBinaries } from './sources/go-binaries.ts';
import { homebrewPackages } from './sources/homebrew-packages.ts';
import { ieExtensions } from './sources/ie-extensions.ts';
import { iosApps } from './sources/ios-apps.ts';
import { ipadosApps } from './sources/ipados-apps.ts';
import { jetbrainsPlugins } from './sources/jetbrains-plugins.ts';
import { mobileSystems } from './sources/mobile-systems.ts';
import { npmPackages } from './sources/npm-packages.ts';
import { orbitVersions } from './sources/orbit-version.ts';
import { osVersion } from './sources/os-version.ts';
import { pacmanPackages } from './sources/pacman-packages.ts';
import { portagePackages } from './sources/portage-packages.ts';
import { programOpened } from './sources/program-opened.ts';
import { programs } from './sources/programs.ts';
import { pythonPackages, pythonPackagesElsewhere } from './sources/python-packages.ts';
import { rpmOpened } from './sources/rpm-opened.ts';
import { rpmPackages } from './sources/rpm-packages.ts';
import { runningKernel } from './sources/running-kernel.ts';
import { safariExtensions } from './sources/safari-extensions.ts';
import { vscodeExtensions } from './sources/vscode-extensions.ts';
import { windowsUpdates } from './sources/windows-updates.ts';
import { windowsVersion } from './sources/windows-version.ts';

/** Every source that osquery is asked for; a new one is a line here. */
export const askedSources: readonly SoftwareSource[] = [
  osVersion,
  windowsVersion,
  runningKernel,
  debPackages,
  rpmPackages,
  portagePackages,
  pacmanPackages,
  apkPackages,
  apps,
  homebrewPackages,
  programs,
  chocolateyPackages,
  windowsUpdates,
  chromeExtensions,
  chromeosExtensions,
  firefoxAddons,
  safariExtensions,
  ieExtensions,
  vscodeExtensions,
  jetbrainsPlugins,
  adobePlugins,
  npmPackages,
  goBinaries,
  pythonPackages,
  pythonPackagesElsewhere,
];

/** What is delivered of devices that osquery does not run on. */
export const deliveredSources: readonly RowSource[] = [mobileSystems, iosApps, ipadosApps, androidApps];

export const allSources: readonly RowSource[] = [...askedSources, ...deliveredSources];

/** What makes good what a source alone cannot know. */
export const corrections: readonly SoftwareCorrection[] = [firefoxEsr, ...orbitVersions];

/** When software was used. */
export const useSources: readonly UseSource[] = [appOpened, debOpened, rpmOpened, programOpened];

/** What vouches for software. Later ones win where two tell the same. */
export const signatureSources: readonly SignatureSource[] = [appSignatures, codesign, appExecutables];

const needs = 'softwareInventory' as const;

/** What a host is asked for its inventory, each query once. Its operating system is asked for in any case. */
export const inventoryQueries: HostQuery[] = [
  ...askedSources.map(({ queryName, platforms, query, weight, part }) => ({
    name: queryName,
    platforms,
    sql: query,
    weight,
    ...(part !== 'os' && { needs }),
  })),
  ...corrections.map(({ queryName, platforms, query, weight }) => ({
    name: queryName,
    platforms,
    sql: query,
    weight,
    needs,
  })),
  ...[...useSources, ...signatureSources].map(({ name, platforms, sql, weight }) => ({
    name,
    platforms,
    sql,
    weight,
    needs,
  })),
];

const partBySource = new Map(allSources.map(({ source, part }) => [source, part]));

/** The part a stored software belongs to: a kernel comes with the operating system, whatever package it is from. */
export const partOf = (software: { kind: SoftwareKind; source: string }): string =>
  software.kind === 'kernel' ? 'os' : (partBySource.get(software.source) ?? software.source);

/** The parts that make an inventory of this platform whole. */
export const allParts = (platform: Platform): string[] => [
  ...new Set(
    allSources.filter((source) => source.platforms.includes(platform) && !source.optional).map((source) => source.part),
  ),
];
