#!/bin/sh
# What readers of iCalendar in npm have of one event, "Meet" on 1 December 2026 from 9 to 10 UTC,
# in files that RFC 5545 allows:
#   two      two calendars, one behind the other (section 3.4), with an event each: node-ical
#            0.27.2 and ical 0.8.0 have only that of the second
#   zone     at 10 in a time zone "Office" that the file describes (VTIMEZONE, an hour ahead): to
#            node-ical and ical it begins at 10 in the zone of the computer; node-ical looks
#            at the description if that is called "Customized Time Zone"
#   fold     a line broken within the name of a property (section 3.1): to ts-ics 2.4.6 the
#            event has no title
#   lower    names in small letters (section 1.3): node-ical and ical have no times,
#            ts-ics has no title either
#   slash    a title "C:\new", written with two backslashes: node-ical and ical have a
#            backslash and a new line in it
# ical.js 2.2.1 reads all of them. None of these is an error.
# Guess before: ical wrong in some, an error of ical.js at two, node-ical and ts-ics right.
# Seen: the table at the end.
set -eu
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
cd "$T"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund ical.js@2.2.1 node-ical@0.27.2 ical@0.8.0 ts-ics@2.4.6 >/dev/null
cat >read.mjs <<'JS'
import ical from 'ical';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import { convertIcsCalendar } from 'ts-ics';

const lines = (...all) => all.flat().join('\r\n') + '\r\n';
const component = (name, ...content) => [`BEGIN:${name}`, ...content.flat(), `END:${name}`];
const calendar = (...content) => lines(component('VCALENDAR', 'VERSION:2.0', 'PRODID:-//example//finding//EN', ...content));
const times = ['DTSTART:20261201T090000Z', 'DTEND:20261201T100000Z'];
const event = ({ uid = '1@example', title = 'SUMMARY:Meet', when = times } = {}) =>
	component('VEVENT', `UID:${uid}`, 'DTSTAMP:20261130T100000Z', when, title);
const zone = component('VTIMEZONE', 'TZID:Office',
	component('STANDARD', 'DTSTART:16010101T000000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0100'));
const there = time => `;TZID=Office:20261201T${time}`;
const files = {
	plain: calendar(event()),
	two: calendar(event()) + calendar(event({ uid: '2@example', title: 'SUMMARY:Second' })),
	zone: calendar(zone, event({ when: ['DTSTART' + there('100000'), 'DTEND' + there('110000')] })),
	fold: calendar(event({ title: 'SUMM\r\n ARY:Meet' })),
	lower: calendar(event({ title: 'summary:Meet', when: times.map(t => t.replace(/^\w+/, name => name.toLowerCase())) })),
	slash: calendar(event({ title: 'SUMMARY:C:\\\\new' })),
};
const shown = (title, start, end) => [title ?? 'none', ...[start, end].map(d => d ? new Date(d).toISOString().slice(11, 16) : 'none')].join(' ');
const events = found => Object.values(found).filter(e => e.type === 'VEVENT').map(e => shown(e.summary, e.start, e.end));
const readers = {
	'ical.js': text => {
		const parsed = ICAL.parse(text);
		const calendars = parsed[0] === 'vcalendar' ? [parsed] : parsed;
		return calendars.flatMap(c => new ICAL.Component(c).getAllSubcomponents('vevent')).map(c => {
			const e = new ICAL.Event(c);
			return shown(e.summary, e.startDate.toJSDate(), e.endDate.toJSDate());
		});
	},
	'node-ical': text => events(nodeIcal.sync.parseICS(text)),
	ical: text => events(ical.parseICS(text)),
	'ts-ics': text => convertIcsCalendar(undefined, text).events.map(e => shown(e.summary, e.start?.date, e.end?.date)),
};
for (const [name, read] of Object.entries(readers)) {
	const row = [];
	for (const [kind, text] of Object.entries(files)) {
		let found;
		try { found = JSON.stringify(read(text).join(', ')); } catch { found = 'error'; }
		row.push(`${kind} ${found}`);
	}
	console.log(`${name}: ${row.join('; ')}`);
}
JS
TZ=UTC node read.mjs | tee seen
cmp - seen <<'TABLE'
ical.js: plain "Meet 09:00 10:00"; two "Meet 09:00 10:00, Second 09:00 10:00"; zone "Meet 09:00 10:00"; fold "Meet 09:00 10:00"; lower "Meet 09:00 10:00"; slash "C:\\new 09:00 10:00"
node-ical: plain "Meet 09:00 10:00"; two "Second 09:00 10:00"; zone "Meet 10:00 11:00"; fold "Meet 09:00 10:00"; lower "Meet none none"; slash "C:\\\new 09:00 10:00"
ical: plain "Meet 09:00 10:00"; two "Second 09:00 10:00"; zone "Meet 10:00 11:00"; fold "Meet 09:00 10:00"; lower "Meet none none"; slash "C:\\\new 09:00 10:00"
ts-ics: plain "Meet 09:00 10:00"; two "Meet 09:00 10:00, Second 09:00 10:00"; zone "Meet 09:00 10:00"; fold "none 09:00 10:00"; lower "none none none"; slash "C:\\new 09:00 10:00"
TABLE
