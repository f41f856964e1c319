// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace linchpin::localize {

/// How fast users take up what is worth taking up. With F the share reached and S the share that
/// would take it up in the end, dF/dt = (p + q F/S) (S - F). Bass's model is S = 1; Fisher and
/// Pry's is S = 1 with p = 0 and a = q. Source: Bass (1969), Management Science 15(5),
/// doi:10.1287/mnsc.15.5.215; Fisher & Pry (1971), Technological Forecasting and Social Change 3,
/// doi:10.1016/S0040-1625(71)80005-7.
struct Diffusion {
  double innovation = 0.03;  ///< p: without anybody's example [per year], >= 0
  double imitation = 0.38;   ///< q: by example [per year], >= 0
};

/// F after `years` with `saturation` S held, in closed form: cutting time into steps changes
/// nothing. If S has fallen below F, users leave at the rate p + q. Preconditions: 0 <= reached <=
/// 1, 0 <= saturation <= 1, years >= 0.
[[nodiscard]] double next_reach(double reached, double saturation, Diffusion const& diffusion,
                                double years);

/// Bass: share reached after `years` from none. Precondition: p > 0.
[[nodiscard]] double bass_share(Diffusion const& diffusion, double years);
/// Bass: adopters per year at that time.
[[nodiscard]] double bass_rate(Diffusion const& diffusion, double years);
/// Bass: when most adopt, ln(q/p) / (p+q); 0 if q <= p. The rate then is (p+q)² / (4q).
[[nodiscard]] double bass_peak_time(Diffusion const& diffusion);

/// Fisher and Pry: F with ln(F / (1-F)) = a (years - midpoint).
[[nodiscard]] double fisher_pry_share(double speed, double midpoint, double years);
/// Years from 10 % to 90 %: 2 ln 9 / a. Precondition: speed > 0.
[[nodiscard]] double takeover_time(double speed);

}  // namespace linchpin::localize
