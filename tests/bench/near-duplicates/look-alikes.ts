import type { MadeUpNews } from './made-up-news.ts';

type Pair = readonly [string, string];

const CONDITIONS = ['cloudy', 'sunny', 'overcast', 'windy with showers', 'foggy at first', 'dry'];
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function twice(make: () => string): Pair {
  return [make(), make()];
}

/** One weather report for two towns. */
export function weatherReports(news: MadeUpNews): Pair {
  return twice(() => {
    const town = news.name();
    const day = news.pick(DAYS);
    const night = news.between(-12, 14);
    return `${day} in ${town} will be ${news.pick(CONDITIONS)}, with temperatures between ${night} and ${night + news.between(4, 12)} degrees. The wind comes from the west at ${news.between(5, 60)} kilometres an hour and eases towards the evening. The chance of rain is ${news.between(0, 100)} percent in the morning and ${news.between(0, 100)} percent in the afternoon.

The night stays ${news.pick(CONDITIONS)} in ${town}, at about ${night} degrees. Drivers should allow for slippery roads on bridges and in the woods. The weather service of the region updates this forecast three times a day and asks readers to follow the warnings for their district.

The sun rises at ${news.between(5, 8)}.${news.between(10, 59)} and sets at ${news.between(16, 21)}.${news.between(10, 59)}. The index of ultraviolet radiation reaches ${news.between(0, 9)}, and pollen of grasses is expected to be low. The outlook for the days after shows little change, the service said.`;
  });
}

/** The close of two days on one exchange: the same shares, other prices. */
export function marketReports(news: MadeUpNews): Pair {
  const shares = Array.from({ length: 14 }, () => news.name());
  const exchange = news.name();
  const price = () => (news.random() * 300).toFixed(2);
  return twice(() => {
    const rows = shares.map((share) => `${share} ${price()} ${price()} ${news.between(1, 900)}`);
    return `The main index of the ${exchange} exchange closed at ${news.between(9_000, 19_000)} points, ${(news.random() * 3).toFixed(1)} percent ${news.random() < 0.5 ? 'up' : 'down'} on the day. Some ${news.between(100, 900)} million shares changed hands, and ${news.between(100, 500)} issues rose while ${news.between(100, 500)} fell. Traders spoke of a quiet session ahead of the figures on employment that are due later in the week.

${rows.join('\n')}

Prices are delayed by fifteen minutes and come without warranty. Past performance is no guide to the future, and nothing on this page is advice to buy or to sell.`;
  });
}

/** Two matches by one report writer. */
export function matchReports(news: MadeUpNews): Pair {
  return twice(() => {
    const [home, away] = [news.name(), news.name()];
    const goals = Array.from(
      { length: news.between(2, 5) },
      () => `${news.name()} ${news.between(1, 90)}`,
    );
    return `${home} and ${away} met in front of ${news.between(2_000, 60_000)} spectators, and the match ended ${news.between(0, 5)} to ${news.between(0, 5)}. The hosts had the ball for ${news.between(30, 70)} percent of the time and took ${news.between(3, 25)} shots, of which ${news.between(1, 9)} were on target. The visitors took ${news.between(3, 25)}, and the referee showed the yellow card ${news.between(0, 7)} times.

The goals: ${goals.join(', ')}. The coach of ${home}, ${news.name()} ${news.name()}, said that the team had kept its shape and worked hard until the final whistle. The coach of ${away}, ${news.name()} ${news.name()}, said that the team would look at the game again and draw its conclusions.

${home} now has ${news.between(1, 80)} points and stands in place ${news.between(1, 18)}, and ${away} has ${news.between(1, 80)} and stands in place ${news.between(1, 18)}. The next round is played at the weekend.`;
  });
}

/** Notices of a registry in which nothing but the names differs. */
export function noticesOfPeople(news: MadeUpNews): Pair {
  const council = news.name();
  return twice(() => {
    const [first, last] = [news.name(), news.name()];
    return `The council of ${council} announces with regret the passing of ${first} ${last}, who served the town for many years and will be missed by all who knew the office. Friends of ${last} are invited to sign the book of condolence in the town hall during opening hours, where the flags are flown at half mast.

The service for ${first} ${last} is held in the chapel on the hill and followed by a gathering in the hall next door. The family of ${last} asks that instead of flowers donations be made to the hospice. The council thanks the neighbours who looked after ${last} in the last months and the nurses who came every day.`;
  });
}

/** Two reporters on one event: its names and figures, and one statement word for word. */
export function twoReports(news: MadeUpNews): Pair {
  const names = Array.from({ length: 6 }, () => `${news.name()} ${news.name()}`);
  const statement = `"${news.sentence(news.between(18, 30))}"`;
  return twice(() => {
    const told = news.text(420).split('\n\n');
    told.splice(news.between(1, told.length - 1), 0, `${statement} ${news.pick(names)} said.`);
    return told
      .map((paragraph) => `${news.pick(names)} ${paragraph} ${news.pick(names)} agreed.`)
      .join('\n\n');
  });
}

/** Articles of their own above the same long notice of their site. */
export function sameBoilerplate(news: MadeUpNews): Pair {
  const notice = news.text(news.between(120, 420));
  const isAbove = news.random() < 0.3;
  return twice(() => {
    const own = news.text(news.between(180, 350));
    return isAbove ? `${notice}\n\n${own}` : `${own}\n\n${notice}`;
  });
}

/** Yesterday's article and today's: news first, then the same background. */
export function followUps(news: MadeUpNews): Pair {
  const background = news.text(news.between(200, 350));
  return twice(() => `${news.text(news.between(180, 280))}\n\n${background}`);
}

export function unrelated(news: MadeUpNews): Pair {
  return twice(() => news.text(news.between(60, 900)));
}

/** A line that stands where a text should be, under many titles. */
export function standIns(news: MadeUpNews): Pair {
  const notice = `${news.sentence(news.between(8, 25))} ${news.sentence(news.between(8, 25))}`;
  return [notice, notice];
}
