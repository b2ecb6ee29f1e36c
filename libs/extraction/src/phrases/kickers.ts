import { foldLine } from './fold-line.ts';

/** Words before a colon or dash that announce a kind of report and are no place. */
const KICKERS: ReadonlySet<string> = new Set([
  ...['analysis', 'alert', 'background', 'breaking', 'breaking news', 'column', 'commentary'],
  ...['correction', 'editorial', 'exclusive', 'explainer', 'explained', 'factbox', 'fact check'],
  ...['feature', 'focus', 'interview', 'just in', 'live', 'live updates', 'note', 'obituary'],
  ...['opinion', 'photos', 'poll', 'preview', 'profile', 'question', 'answer', 'review', 'report'],
  ...['roundup', 'special report', 'study', 'timeline', 'update', 'urgent', 'video', 'watch'],
  ...['wrapup', 'q', 'a', 'q a', 'editor s note', 'eds', 'conclusion', 'result', 'results'],
  ...['analyse', 'eilmeldung', 'eil', 'hintergrund', 'interview', 'kommentar', 'meinung'],
  ...['porträt', 'reportage', 'überblick', 'urteil', 'vorschau', 'fazit', 'zitat', 'frage'],
  ...['alerte', 'analyse', 'décryptage', 'entretien', 'exclusif', 'portrait', 'reportage'],
  ...['tribune', 'vrai ou faux', 'en direct', 'vidéo', 'question', 'réponse'],
  ...['análisis', 'alerta', 'editorial', 'en vivo', 'entrevista', 'exclusiva', 'opinión'],
  ...['perfil', 'última hora', 'urgente', 'vídeo', 'análise', 'entrevista', 'opinião'],
  ...['analisi', 'esclusiva', 'intervista', 'opinione', 'ultim ora', 'sondaggio'],
  ...['анализ', 'видео', 'интервью', 'мнение', 'молния', 'срочно', 'фото', 'эксклюзив'],
  ...['аналіз', 'відео', 'інтерв ю', 'думка', 'терміново', 'son dakika', 'özel', 'analiz'],
]);

export function isKicker(words: string): boolean {
  return KICKERS.has(foldLine(words));
}
