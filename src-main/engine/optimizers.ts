/** Optimizers, each written twice: as TensorFlow's fused kernel for captured steps, and in tensor operations for eager ones. Formulas are TensorFlow's. */
import type { OptimizerPlan } from '../contract/plan.ts';
import type { ParameterSpec } from '../networks/layer.ts';
import type { Tensor, Tf } from '../networks/ops.ts';
import type { GraphBuilder, Ref } from './graph.ts';
import { attr, dataType } from './graph.ts';

/** Numbers that change from step to step. Adam's powers follow from the step, so they are no state of their own. */
export const scalarNames = ['learningRate', 'beta1Power', 'beta2Power'] as const;
export type ScalarName = (typeof scalarNames)[number];

export interface Slot {
  readonly name: string; // 'm': the state is called '<path>#m'
  readonly initial: number;
}

export interface Optimizer {
  readonly slots: readonly Slot[];
  /** New values of a parameter and its slots, in the order [parameter, ...slots]. */
  update(tf: Tf, parameter: Tensor, slots: readonly Tensor[], gradient: Tensor, scalars: Readonly<Record<ScalarName, Tensor>>, spec: ParameterSpec): Tensor[];
  /** Adds the kernel that updates a variable and its slots in place; answers the node's name. */
  capture(graph: GraphBuilder, variable: Ref, slots: readonly Ref[], gradient: Ref, scalars: Readonly<Record<ScalarName, Ref>>, spec: ParameterSpec): string;
}

const float = { T: attr.type(dataType.float), use_locking: attr.bool(false) };

/** The scalars of a step. @param step counted from 0 */
export function optimizerScalars(plan: OptimizerPlan, step: number, learningRate: number): Record<ScalarName, number> {
  return { learningRate, beta1Power: plan.beta1 ** (step + 1), beta2Power: plan.beta2 ** (step + 1) };
}

export function optimizer(plan: OptimizerPlan): Optimizer {
  switch (plan.id) {
    case 'sgd':
      return {
        slots: [],
        update: (tf, p, _slots, g, { learningRate }) => [tf.sub(p, tf.mul(g, learningRate))],
        capture: (graph, p, _slots, g, { learningRate }) => graph.node('ResourceApplyGradientDescent', [p, learningRate, g], float),
      };
    case 'momentum': // a = momentum * a + g; p -= lr * a, or with Nesterov p -= lr * (g + momentum * a) (Sutskever et al. 2013, as TensorFlow writes it)
      return {
        slots: [{ name: 'momentum', initial: 0 }],
        update: (tf, p, [old], g, { learningRate }) => {
          const a = tf.add(tf.mul(old as Tensor, plan.momentum), g);
          const direction = plan.nesterov ? tf.add(g, tf.mul(a, plan.momentum)) : a;
          return [tf.sub(p, tf.mul(direction, learningRate)), a];
        },
        capture: (graph, p, slots, g, { learningRate }) =>
          graph.node('ResourceApplyMomentum', [p, ...slots, learningRate, g, graph.float(plan.momentum)], { ...float, use_nesterov: attr.bool(plan.nesterov) }),
      };
    case 'adam':
    case 'adamw':
      return adam(plan);
    case 'rmsprop': // Tieleman & Hinton 2012; epsilon inside the root, as TensorFlow has it
      return {
        slots: [
          { name: 'ms', initial: 0 },
          { name: 'mom', initial: 0 },
        ],
        update: (tf, p, [old], g, { learningRate }) => {
          const ms = tf.add(tf.mul(old as Tensor, plan.rho), tf.mul(tf.square(g), 1 - plan.rho));
          const step = tf.mul(learningRate, tf.div(g, tf.sqrt(tf.add(ms, plan.epsilon))));
          return [tf.sub(p, step), ms, step];
        },
        capture: (graph, p, slots, g, { learningRate }) =>
          graph.node('ResourceApplyRMSProp', [p, ...slots, learningRate, graph.float(plan.rho), graph.float(0), graph.float(plan.epsilon), g], float),
      };
    case 'adagrad': // Duchi et al. 2011; Keras's initial accumulator of 0.1
      return {
        slots: [{ name: 'accumulator', initial: 0.1 }],
        update: (tf, p, [old], g, { learningRate }) => {
          const accumulator = tf.add(old as Tensor, tf.square(g));
          return [tf.sub(p, tf.div(tf.mul(learningRate, g), tf.add(tf.sqrt(accumulator), plan.epsilon))), accumulator];
        },
        capture: (graph, p, slots, g, { learningRate }) =>
          graph.node('ResourceApplyAdagradV2', [p, ...slots, learningRate, graph.float(plan.epsilon), g], { ...float, update_slots: attr.bool(true) }),
      };
    default:
      return plan.id satisfies never;
  }
}

/** Adam (Kingma & Ba 2015, end of section 2: epsilon beside the uncorrected root) and AdamW (Loshchilov & Hutter 2019, algorithm 2: kernels first shrink by lr * decay). */
function adam(plan: OptimizerPlan): Optimizer {
  const decays = (spec: ParameterSpec): boolean => plan.id === 'adamw' && plan.weightDecay > 0 && spec.role === 'kernel';
  return {
    slots: [
      { name: 'm', initial: 0 },
      { name: 'v', initial: 0 },
    ],
    update: (tf, p, [oldM, oldV], g, { learningRate, beta1Power, beta2Power }, spec) => {
      const shrunk = decays(spec) ? tf.sub(p, tf.mul(tf.mul(learningRate, plan.weightDecay), p)) : p;
      const m = tf.add(oldM as Tensor, tf.mul(tf.sub(g, oldM as Tensor), 1 - plan.beta1));
      const v = tf.add(oldV as Tensor, tf.mul(tf.sub(tf.square(g), oldV as Tensor), 1 - plan.beta2));
      const rate = tf.div(tf.mul(learningRate, tf.sqrt(tf.sub(1, beta2Power))), tf.sub(1, beta1Power));
      return [tf.sub(shrunk, tf.div(tf.mul(m, rate), tf.add(tf.sqrt(v), plan.epsilon))), m, v];
    },
    capture: (graph, p, slots, g, { learningRate, beta1Power, beta2Power }, spec) => {
      const after: Ref[] = [];
      if (decays(spec)) {
        const value = `${graph.node('ReadVariableOp', [p], { dtype: attr.type(dataType.float) })}:0`;
        const factor = `${graph.node('Mul', [learningRate, graph.float(plan.weightDecay)], { T: attr.type(dataType.float) })}:0`;
        const shrink = `${graph.node('Mul', [factor, value], { T: attr.type(dataType.float) })}:0`;
        after.push(`^${graph.node('AssignSubVariableOp', [p, shrink], { dtype: attr.type(dataType.float) })}`);
      }
      const numbers = [beta1Power, beta2Power, learningRate, graph.float(plan.beta1), graph.float(plan.beta2), graph.float(plan.epsilon)];
      return graph.node('ResourceApplyAdam', [p, ...slots, ...numbers, g, ...after], { ...float, use_nesterov: attr.bool(false) });
    },
  };
}
