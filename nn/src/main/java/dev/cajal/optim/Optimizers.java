package dev.cajal.optim;

import static dev.cajal.optim.Decay.oneMinusPower;

import dev.cajal.tensor.Parameter;
import dev.cajal.tensor.Tensor;

/**
 * The usual optimizers: for a parameter w with gradient g, what step t makes of it. α is the rate;
 * SGD is stochastic, by mini-batches or by the full batch, as the size of a batch says.
 */
public final class Optimizers {
  private Optimizers() {}

  /** {@code w ← w - α·g} (Robbins and Monro, 1951). */
  public record Sgd(double rate) implements Optimizer {
    @Override
    public Update update(Parameter w, Tensor g, State state) {
      return Update.to(w.value().minus(g.times(state.rate(rate))));
    }
  }

  /** {@code u ← β·u + g, w ← w - α·u} (Polyak, 1964). */
  public record Momentum(double rate, double beta) implements Optimizer {
    public Momentum(double rate) {
      this(rate, 0.9);
    }

    @Override
    public Update update(Parameter w, Tensor g, State state) {
      Tensor u = state.like("u", w).times(beta).plus(g);
      return Update.to(w.value().minus(u.times(state.rate(rate)))).keeping("u", u);
    }
  }

  /** {@code u ← β·u + g, w ← w - α·(g + β·u)} (Nesterov, 1983; Sutskever et al., 2013). */
  public record Nesterov(double rate, double beta) implements Optimizer {
    public Nesterov(double rate) {
      this(rate, 0.9);
    }

    @Override
    public Update update(Parameter w, Tensor g, State state) {
      Tensor u = state.like("u", w).times(beta).plus(g);
      Tensor ahead = g.plus(u.times(beta));
      return Update.to(w.value().minus(ahead.times(state.rate(rate)))).keeping("u", u);
    }
  }

  /** {@code s ← s + g², w ← w - α·g/(√s + ε)} (Duchi, Hazan and Singer, 2011). */
  public record AdaGrad(double rate, double epsilon) implements Optimizer {
    public AdaGrad(double rate) {
      this(rate, 1e-10);
    }

    @Override
    public Update update(Parameter w, Tensor g, State state) {
      Tensor s = state.like("s", w).plus(g.square());
      Tensor change = g.times(state.rate(rate)).over(s.sqrt().plus(epsilon));
      return Update.to(w.value().minus(change)).keeping("s", s);
    }
  }

  /**
   * {@code s ← ρ·s + (1-ρ)·g², Δ = √(d + ε)/√(s + ε)·g, d ← ρ·d + (1-ρ)·Δ², w ← w - α·Δ} (Zeiler,
   * 2012, with α = 1).
   */
  public record AdaDelta(double rate, double rho, double epsilon) implements Optimizer {
    public AdaDelta() {
      this(1, 0.9, 1e-6);
    }

    @Override
    public Update update(Parameter w, Tensor g, State state) {
      Tensor d = state.like("d", w);
      Tensor s = state.like("s", w).times(rho).plus(g.square().times(1 - rho));
      Tensor change = d.plus(epsilon).sqrt().over(s.plus(epsilon).sqrt()).times(g);
      return Update.to(w.value().minus(change.times(state.rate(rate))))
          .keeping("s", s)
          .keeping("d", d.times(rho).plus(change.square().times(1 - rho)));
    }
  }

  /** {@code s ← ρ·s + (1-ρ)·g², w ← w - α·g/(√s + ε)} (Hinton, 2012). */
  public record RmsProp(double rate, double rho, double epsilon) implements Optimizer {
    public RmsProp(double rate) {
      this(rate, 0.99, 1e-8);
    }

    @Override
    public Update update(Parameter w, Tensor g, State state) {
      Tensor s = state.like("s", w).times(rho).plus(g.square().times(1 - rho));
      Tensor change = g.times(state.rate(rate)).over(s.sqrt().plus(epsilon));
      return Update.to(w.value().minus(change)).keeping("s", s);
    }
  }

  /**
   * {@code m ← β₁·m + (1-β₁)·g, v ← β₂·v + (1-β₂)·g², w ← w - α·m̂/(√v̂ + ε)}, where {@code m̂ =
   * m/(1-β₁ᵗ)} and {@code v̂ = v/(1-β₂ᵗ)} (Kingma and Ba, 2015).
   */
  public record Adam(double rate, double beta1, double beta2, double epsilon) implements Optimizer {
    public Adam(double rate) {
      this(rate, 0.9, 0.999, 1e-8);
    }

    @Override
    public Update update(Parameter w, Tensor g, State state) {
      var moments = Moments.of(w, g, state, beta1, beta2);
      Tensor direction = moments.unbiasedM().over(moments.unbiasedV().sqrt().plus(epsilon));
      return moments.keptWith(w.value().minus(direction.times(state.rate(rate))));
    }
  }

  /** Adam, and {@code w ← w - α·λ·w}: decay that is no part of g (Loshchilov and Hutter, 2019). */
  public record AdamW(double rate, double decay, double beta1, double beta2, double epsilon)
      implements Optimizer {
    public AdamW(double rate) {
      this(rate, 0.01);
    }

    public AdamW(double rate, double decay) {
      this(rate, decay, 0.9, 0.999, 1e-8);
    }

    @Override
    public Update update(Parameter w, Tensor g, State state) {
      Update adam = new Adam(rate, beta1, beta2, epsilon).update(w, g, state);
      Tensor lost = w.value().times(state.rate(rate).times(decay));
      return new Update(adam.value().minus(lost), adam.kept());
    }
  }

  /**
   * Adam with the largest v so far in the place of v: {@code v̄ = max(v̄, v)}, {@code w ← w -
   * α·m̂/(√(v̄/(1-β₂ᵗ)) + ε)} (Reddi, Kale and Kumar, 2018, who leave m and v̄ biased).
   */
  public record AmsGrad(double rate, double beta1, double beta2, double epsilon)
      implements Optimizer {
    public AmsGrad(double rate) {
      this(rate, 0.9, 0.999, 1e-8);
    }

    @Override
    public Update update(Parameter w, Tensor g, State state) {
      var moments = Moments.of(w, g, state, beta1, beta2);
      Tensor most = state.like("most", w).maximum(moments.v());
      Tensor direction = moments.unbiasedM().over(moments.unbiased(most).sqrt().plus(epsilon));
      return moments
          .keptWith(w.value().minus(direction.times(state.rate(rate))))
          .keeping("most", most);
    }
  }

  /**
   * {@code m ← β₁·m + (1-β₁)·g, u ← max(β₂·u, |g| + ε), w ← w - α/(1-β₁ᵗ)·m/u} (Kingma and Ba,
   * 2015).
   */
  public record AdaMax(double rate, double beta1, double beta2, double epsilon)
      implements Optimizer {
    public AdaMax(double rate) {
      this(rate, 0.9, 0.999, 1e-8);
    }

    @Override
    public Update update(Parameter w, Tensor g, State state) {
      Tensor m = state.like("m", w).times(beta1).plus(g.times(1 - beta1));
      Tensor u = state.like("u", w).times(beta2).maximum(g.abs().plus(epsilon));
      Tensor pace = state.rate(rate).over(oneMinusPower(beta1, state.step()));
      return Update.to(w.value().minus(m.times(pace).over(u))).keeping("m", m).keeping("u", u);
    }
  }

  /**
   * Adam with Nesterov's look ahead: {@code m̂ = μₜ₊₁·m/(1-Πμ·μₜ₊₁) + (1-μₜ)·g/(1-Πμ)}, where Πμ is
   * the product of {@code μₜ = β₁·(1 - ½·0.96^(0.004·t))} so far (Dozat, 2016).
   */
  public record Nadam(double rate, double beta1, double beta2, double epsilon)
      implements Optimizer {
    public Nadam(double rate) {
      this(rate, 0.9, 0.999, 1e-8);
    }

    @Override
    public Update update(Parameter w, Tensor g, State state) {
      var moments = Moments.of(w, g, state, beta1, beta2);
      Tensor now = mu(state.step());
      Tensor next = mu(state.step().plus(1));
      Tensor product = state.number("product", 1).times(now);
      Tensor ofM = next.over(product.times(next).negated().plus(1));
      Tensor ofG = now.negated().plus(1).over(product.negated().plus(1));
      Tensor ahead = moments.m().times(ofM).plus(g.times(ofG));
      Tensor direction = ahead.over(moments.unbiasedV().sqrt().plus(epsilon));
      return moments
          .keptWith(w.value().minus(direction.times(state.rate(rate))))
          .keeping("product", product);
    }

    private Tensor mu(Tensor step) {
      Tensor power = step.times(0.004 * Math.log(0.96)).exp();
      return power.times(-0.5).plus(1).times(beta1);
    }
  }

  /** {@code w ← w - α·(sign(β₁·m + (1-β₁)·g) + λ·w), m ← β₂·m + (1-β₂)·g} (Chen et al., 2023). */
  public record Lion(double rate, double decay, double beta1, double beta2) implements Optimizer {
    public Lion(double rate) {
      this(rate, 0, 0.9, 0.99);
    }

    @Override
    public Update update(Parameter w, Tensor g, State state) {
      Tensor m = state.like("m", w);
      Tensor direction = m.times(beta1).plus(g.times(1 - beta1)).sign();
      Tensor change = direction.plus(w.value().times(decay)).times(state.rate(rate));
      return Update.to(w.value().minus(change))
          .keeping("m", m.times(beta2).plus(g.times(1 - beta2)));
    }
  }
}
