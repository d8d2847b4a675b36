import { describe, expect, it } from 'vitest';
import {
  formatMarkdown,
  formatNumber,
  formatReport,
  formatTable,
  interleave,
  judge,
  median,
  medianRatio,
  minimum,
  timeOf,
} from './measure.ts';

describe('a median', () => {
  it('is the middle value of an odd number, in whatever order they come', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([7])).toBe(7);
  });

  it('is the mean of the two in the middle of an even number', () => {
    expect(median([4, 1, 100, 2])).toBe(3);
  });

  it('sorts as numbers, not as words', () => {
    expect(median([10, 9, 100])).toBe(10);
  });

  it('leaves the values as they were, and is NaN of none', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
    expect(median([])).toBeNaN();
  });
});

describe('a minimum', () => {
  it('is the smallest value, and NaN of none', () => {
    expect(minimum([3, 1, 2])).toBe(1);
    expect(minimum([])).toBeNaN();
  });
});

describe('a ratio', () => {
  it('is the median over pairs of repeats, so that a period in which all is slow changes nothing', () => {
    expect(medianRatio([2, 20, 2], [1, 10, 1])).toBe(2);
    expect(medianRatio([2, 2, 20], [1, 1, 1])).toBe(2);
  });

  it('ignores repeats without a partner', () => {
    expect(medianRatio([2, 4, 1000], [1, 2])).toBe(2);
    expect(medianRatio([1], [])).toBeNaN();
  });
});

describe('interleaved repeats', () => {
  it('make every candidate once before any is made again', () => {
    const order: string[] = [];
    const candidate = (name: string) => () => order.push(name);
    const results = interleave({ a: candidate('a'), b: candidate('b') }, 3);
    expect(order).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
    expect(results).toEqual({ a: [1, 3, 5], b: [2, 4, 6] });
  });
});

describe('a time', () => {
  it('is what the clock advanced by during the work', () => {
    let clock = 10;
    const time = timeOf(
      () => {
        clock += 2.5;
      },
      () => clock,
    );
    expect(time).toBe(2.5);
  });
});

describe('a printed number', () => {
  it('has about three digits, and a dash where nothing was measured', () => {
    expect([0.1234, 1.236, 12.34, 123.4, -12.34].map(formatNumber)).toEqual([
      '0.12',
      '1.24',
      '12.3',
      '123',
      '-12.3',
    ]);
    expect([Number.NaN, undefined].map(formatNumber)).toEqual(['–', '–']);
  });

  it('meets a target up to the target itself; NaN meets none', () => {
    expect([1, 1.5, 1.51, Number.NaN].map((value) => judge(value, 1.5))).toEqual([
      'met',
      'met',
      'missed',
      'missed',
    ]);
  });
});

describe('a printed table', () => {
  it('aligns names left and figures right', () => {
    expect(
      formatTable(
        ['name', 'ns'],
        [
          ['short', '1.25'],
          ['much longer', '100'],
        ],
      ),
    ).toBe('name           ns\nshort        1.25\nmuch longer   100');
  });

  it('fills rows that are short, without blanks at the end of a line', () => {
    expect(formatTable(['a', 'b', 'c'], [['1'], ['1', '22', '3']])).toBe('a   b  c\n1\n1  22  3');
  });

  it('stands between the title, the notes and what is wrong', () => {
    const report = {
      title: 'Speed',
      head: ['a'],
      rows: [['1']],
      notes: ['a note'],
      figures: {},
      problems: ['x differs'],
    };
    expect(formatReport(report)).toBe('Speed\n\na\n1\na note\nPROBLEM: x differs\n');
    expect(formatReport({ ...report, rows: [], problems: [] })).toBe('Speed\n\na note\n');
  });

  it('becomes Markdown with a cell for every column', () => {
    const report = {
      title: 'Speed',
      head: ['a', 'b'],
      rows: [['x']],
      notes: ['a note'],
      figures: {},
      problems: [],
    };
    expect(formatMarkdown(report)).toBe('**Speed**\n\n| a | b |\n| --- | ---: |\n| x |  |\n\n- a note\n');
  });
});
