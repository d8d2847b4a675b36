import { constant, type Draft, declaration, grouped, timeConstant } from './draft.ts';
import { digits } from './quantities.ts';

/** A convolution of spikes with a kernel that is not a pulse, of height of about 1; now and then with the kernel of another port. */
export function createConvolution(draft: Draft, port: string): string {
  const { choose, convolutions, kernels, features } = draft;
  const isShared = kernels.length > 0 && choose.chance(0.2);
  if (isShared) features.add('kernel of two ports');
  const kernel = isShared ? choose.pick(kernels) : createKernel(draft);
  convolutions.push(`convolve(${kernel}, ${port})`);
  return `convolve(${kernel}, ${port})`;
}

function createKernel(draft: Draft): string {
  const { choose, blocks, features, fresh, kernels } = draft;
  const name = fresh('K');
  kernels.push(name);
  const tau = timeConstant(draft, 'tau_syn', 0.3, 6);
  switch (choose.below(7)) {
    case 0:
      features.add('exponential kernel');
      blocks.equations.push(`kernel ${name} = exp(-t / ${tau})`);
      break;
    case 1:
      features.add('alpha kernel');
      blocks.equations.push(`kernel ${name} = e / ${tau} * t * exp(-t / ${tau})`);
      break;
    case 2: {
      features.add('beta kernel');
      // Nearly equal time constants would leave a difference of rounding errors.
      const rise = constant(draft, 'tau_rise', choose.between(0.1, 0.25), 'ms');
      blocks.equations.push(`kernel ${name} = exp(-t / ${tau}) - exp(-t / ${rise})`);
      break;
    }
    case 3:
      features.add('polynomial kernel');
      blocks.equations.push(
        `kernel ${name} = ${choose.pick([
          `(1 - t / ${tau}) * exp(-t / ${tau})`,
          `t**2 / ${grouped(tau)}**2 * exp(-t / ${tau})`,
          `${digits(choose.between(0.5, 2))} * exp(-t / ${tau}) + t / ${tau} * exp(-2 * t / ${tau})`,
          `(exp(-t / ${tau}) + t / ${tau} * exp(-t / ${tau})) / 2`,
        ])}`,
      );
      break;
    case 4:
      features.add('kernel of order 1');
      blocks.state.push(`${declaration(draft, name, '1')} = ${digits(choose.between(0.5, 1.5))}`);
      blocks.equations.push(`kernel ${name}' = -${name} / ${tau}`);
      break;
    case 5:
      features.add('kernel of order 2');
      blocks.state.push(`${name} real = 0`, `${declaration(draft, `${name}'`, '1/ms')} = e / ${tau}`);
      blocks.equations.push(`kernel ${name}'' = -2 * ${name}' / ${tau} - ${name} / ${grouped(tau)}**2`);
      break;
    default:
      systemKernel(draft, name, tau);
  }
  return name;
}

/** Two equations: what rises feeds what decays. */
function systemKernel(draft: Draft, name: string, tau: string): void {
  const { blocks, features, fresh } = draft;
  features.add('kernel system');
  const feed = fresh('feed');
  const rise = timeConstant(draft, 'tau_rise', 0.2, 2);
  blocks.state.push(`${name} real = 0`, `${declaration(draft, feed, '1/ms')} = 1 / ${rise}`);
  blocks.equations.push(
    `kernel ${name}' = ${feed} - ${name} / ${tau},`,
    `       ${feed}' = -${feed} / ${rise}`,
  );
}
