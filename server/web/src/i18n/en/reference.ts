import type { admin as zhAdmin, reference as zhReference } from '../zh/reference'

/** Administrators' pages, what they share. */
export const admin: typeof zhAdmin = {
  notForYou: 'This page is not for your account', notForYouWhy: 'You are signed in as {role}; this page is for {roles}. An administrator can change what your account may do.', home: 'To the start page',
  chooseFiles: 'Choose files', moreRows: 'Show more ({n} left)', bytes: '{n} bytes', kilobytes: '{n} KB',
}

/** Reference data: what is loaded, what is taken in. */
export const reference: typeof zhReference = {
  title: 'Reference data', lead: 'Where problems go, how long they may take and what counts as surroundings follows from it.', search: 'Search codes, names and texts', all: '{n} in all', foundOf: '{n} of {of}',
  nothingFound: 'Nothing fits', nothingLoaded: 'Nothing imported yet', notShown: 'The district’s own settings and the calendar have no list; the log of imports says when they changed.',
  import: 'Import', try: 'Try an import', history: 'Imports', historyLead: 'From the API, these pages and the command line, the newest first.',
  since: 'since {from}', condition: '{opens} → {closes} ({limit})', unpublished: ' · unpublished: {why}',
  set: {
    areas: 'Areas', points: 'Fixed points', places: 'Back streets, compounds', bureaus: 'Bureaus', categories: 'Categories and conditions', 'site-kinds': 'Checklists', sites: 'Sites', facilities: 'Facilities',
    'permitted-zones': 'Permitted zones', cameras: 'Cameras', duties: 'Duties', routing: 'Routing rules',
  },
  about: {
    areas: 'District, subdistricts and communities: where a problem belongs.', points: 'Evaluators start from them; problems in their surroundings count.', places: 'Problems on or in them can have rules of their own.',
    bureaus: 'Whoever can be made responsible.', categories: 'What can be wrong, when it is filed and closed, and the limits.', 'site-kinds': 'What is looked at on every site of a kind.', sites: 'Places with a checklist beside the fixed points.',
    facilities: 'Toilets, bins, manhole covers: whose they are is found here.', 'permitted-zones': 'Where and when stalls are allowed.', cameras: 'Cameras that problems can come from.', duties: 'Who answers for what. Names are shown to the office, supervisors and administrators only.',
  },
  column: {
    code: 'Code', name: 'Name', level: 'Level', parent: 'Within', kind: 'Kind', radius_m: 'Surroundings', managed: 'Managed', authority: 'Authority', area: 'Area', class: 'Class', standard: 'Standard', conditions: 'Conditions',
    checklist: 'Check items', owner: 'Owner', categories: 'Categories', hours: 'Hours', bureau: 'Bureau', title: 'Title', unit: 'Unit', person: 'Person', covers: 'Covers', from: 'Period',
    file: 'File', line: 'Line', item: 'What', fate: 'Fate', why: 'Why', number: 'No.', at: 'When', touched: 'Issues touched',
  },
  lines: { conditions: '{n} conditions', checklist: '{n} items' },
  level: { district: 'District', subdistrict: 'Subdistrict', community: 'Community' },
  kindOf: {
    back_street: 'Back street', compound: 'Compound', bureau: 'Bureau', subdistrict_office: 'Subdistrict office', enforcement_team: 'Enforcement team', company: 'Company', owner: 'Owner',
    public_toilet: 'Public toilet', litter_bin: 'Litter bin', manhole_cover: 'Manhole cover', charging_pile: 'Charging pile', opened_toilet: 'Opened toilet',
  },
  standard: { city: 'City', civilized: 'Civilized city' },
  authority: { D: 'District', V: 'Vertical', X: 'Outside' },
  managed: { yes: 'Managed', no: 'Unmanaged' },
  dutyTitle: { site_head: 'Head of site', road_head: 'Head of road', street_head: 'Head of street', lane_head: 'Head of lane', building_head: 'Head of building', supporting_unit: 'Supporting unit', grid_worker: 'Grid worker' },
  item: {
    district: 'District settings', calendar: 'Calendar', area: 'Area', point: 'Point', place: 'Place', bureau: 'Bureau', category: 'Category', condition: 'Condition', site_kind: 'Kind of site', check_item: 'Check item',
    site: 'Site', facility: 'Facility', permitted_zone: 'Permitted zone', camera: 'Camera', duty: 'Duty', rules: 'Rules', limit_period: 'Shorter limits for a time',
  },
  importTitle: 'Import reference data', importLead: 'Try it first: see what becomes of every row and which open issues it touches; then take it in. What the files do not name stays.',
  whatKind: 'What the files hold', chooseKind: 'Choose', dropHint: 'Drop files here, several if you like', options: 'What the files do not say themselves', mapping: 'Mapping', mappingHint: 'What the standard’s limits and units mean here (TOML)',
  tryOut: 'Dry run', tryHint: 'Writes nothing.', tryAgain: 'Try again', takeIn: 'Take in',
  file: {
    district: { name: 'District settings', form: 'TOML: name, time zone, office hours, margin, return window.' },
    calendar: { name: 'Calendar', form: 'JSON, one file a year: holidays and make-up days.' },
    areas: { name: 'Areas', form: 'GeoJSON polygons: code, name, level, parent.' },
    points: { name: 'Fixed points', form: 'GeoJSON, CSV or JSON: code, kind, name, radius_m; CSV also lat, lon.' },
    places: { name: 'Back streets, compounds', form: 'GeoJSON: code, kind (back_street: line; compound: polygon), name, managed.' },
    bureaus: { name: 'Bureaus', form: 'CSV: code,name,name_en,kind,authority,area,group.' },
    standard: { name: 'A city’s standard', form: 'The workbook or CSV as it is published, and a mapping beside it.' },
    taxonomy: { name: 'Categories and conditions', form: 'CSV, a line per condition.' },
    'site-kinds': { name: 'Kinds of site', form: 'CSV: code,name,name_en,is_point.' },
    checklists: { name: 'Checklists', form: 'CSV: code,site_kind,text,text_en,categories.' },
    sites: { name: 'Sites', form: 'GeoJSON, CSV or JSON: code, kind, name.' },
    facilities: { name: 'Facilities', form: 'GeoJSON, CSV or JSON: code, kind, name, owner, categories; all else is an attribute that everybody signed in can read: no names or telephone numbers.' },
    'permitted-zones': { name: 'Permitted zones', form: 'GeoJSON polygons: code, name, categories, hours.' },
    cameras: { name: 'Cameras', form: 'GeoJSON, CSV or JSON: code, name, bureau.' },
    duties: { name: 'Duties', form: 'CSV: code,title,unit,person,from,until,level,covers; or GeoJSON with its own ground.' },
    'limit-period': { name: 'Shorter limits for a time', form: 'JSON. The office sets them on their own page.' },
    routing: { name: 'Routing rules', form: 'TOML. “Routing rules” is where they are written, checked and tried.' },
  },
  option: { datum: 'Datum', level: 'Level of areas', point_kind: 'Kind of points', radius_m: 'Surroundings, metres', only: 'Only those with', columns: 'Names of columns', derive_codes: 'Derive missing codes from name and position', encoding: 'Encoding' },
  choice: {
    unsaid: { datum: 'WGS-84 (unsaid)', level: 'As the file says', point_kind: 'As the file says', encoding: 'Found out' },
    wgs84: 'WGS-84', gcj02: 'GCJ-02 (Amap, Tencent)', bd09: 'BD-09 (Baidu)', district: 'District', subdistrict: 'Subdistrict', community: 'Community', 'utf-8': 'UTF-8', gb18030: 'GB18030, GBK',
  },
  example: { radius_m: '1000', only: 'city=Sample', columns: 'lon=x;lat=y' },
  whatWould: 'What would become of each row', whatBecame: 'What became of each row', rows: 'What became of rows', allRows: 'All', searchRows: 'Search code, reason, line', unread: 'Unreadable', wholeFile: 'whole file',
  fate: { refused: 'Refused', changed: 'Changed', added: 'Added', same: 'Same' },
  left: 'Not in the files, and left as they are: {n}.', omitted: '{n} more rows are not listed.',
  touchesTitle: 'Open issues it would touch', touchedTitle: 'Open issues it touched', touchesNone: '{n} open issues looked at; none changes.', touches: '{n} of {of} open issues change. Limits and positions stay; accepted ones keep their bureau.',
  way: { newly_unrouted: '{n} lose their bureau and go back to the desk', newly_routed: '{n} find a bureau', offered: '{n} are offered to those who may own them', lead: '{n} with another lead', cooperating: '{n} with other help', area: '{n} in another area', points: '{n} around other points' },
  examples: 'One by one ({n})',
  takes: '{added} added, {changed} changed.', takesTouch: '{n} open issues are then assigned anew.', skipRefused: 'Leave out the {n} refused rows and take in the others', nothingNew: 'Nothing differs from what is there: no need to import.', adminOnly: 'You can try imports; an administrator takes them in.',
  imported: 'Import {id}', importedBy: '{at}, {who}.', commandLine: 'command line', version: 'Version {n} of the reference data.', noImports: 'Nothing imported yet', noImportsHint: 'The demonstration district came with the program and is not listed.',
  following: 'Open issues follow', followingLeft: '{n} of {of} to go. You may leave: the job goes on.', followed: 'All done: {n} looked at, {changed} changed.',
}
