/** The morning meeting: figures, slide show, brief, picture for the chat group. */
export const morning = {
  title: 'Morning meeting', at: 'As of {at}; new since {since}', ways: 'For the meeting', slides: 'Slide show', brief: 'One-page brief', picture: 'Picture for the group',
  figure: { new: 'New', due_today: 'Due today', overdue: 'Overdue', unrouted: 'Unrouted', returned: 'Returned', rectified_waiting: 'To verify' },
  byBureau: 'By bureau', bureau: 'Lead bureau', byPoint: 'By point', point: 'Point', nobody: 'No bureau yet', everybody: 'Whole district', nothing: 'Nothing to tell now.', all: 'Show all {n} rows', total: '{n} in all',
  exposed: 'To be shown: {n}', slidesTitle: 'Overdue, to be shown', nothingExposed: 'Nothing overdue has a photo.', unit: 'Responsible', fill: 'Full screen', notLoaded: 'It could not be loaded. Check the network and try again.',
  evaluationIn: 'Evaluation in', evaluationToday: 'Evaluation is today', days: 'days', setDay: 'Set evaluation day', changeDay: 'Change day', dayTitle: 'Evaluation day', dayOn: 'First day of the evaluation', dayHow: 'The morning page, brief, slides, picture and wallboard count down to it. Clear it while it is not known.', saveDay: 'Save', clearDay: 'Clear the day', noDay: 'Choose a date.',
  briefTitle: 'Morning brief', print: 'Print',
  download: 'Download', pictureHow: 'Look for faces and number plates before you send it.', notDrawn: 'The picture could not be made.', scan: 'Scan for the issues behind each figure (sign-in needed)',
}
