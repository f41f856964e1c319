// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/diffusion_curves.h"

#include <algorithm>
#include <cmath>

#include "linchpin/core/contracts.h"

namespace linchpin::localize {

double next_reach(double reached, double saturation, Diffusion const& diffusion, double years) {
  LINCHPIN_EXPECTS(reached >= 0 && reached <= 1 && saturation >= 0 && saturation <= 1 &&
                   years >= 0);
  auto const p = diffusion.innovation;
  auto const q = diffusion.imitation;
  LINCHPIN_EXPECTS(p >= 0 && q >= 0);
  auto const decay = std::exp(-(p + q) * years);
  if (reached >= saturation) return saturation + (reached - saturation) * decay;
  // With f = F/S: (1 - f) / (p + q f) falls as e^{-(p+q) t}.
  auto const f = reached / saturation;
  if (p + q * f == 0) return reached;  // nobody starts and there is no example to follow
  auto const ratio = (1 - f) / (p + q * f) * decay;
  return saturation * std::clamp((1 - p * ratio) / (1 + q * ratio), f, 1.0);
}

double bass_share(Diffusion const& diffusion, double years) {
  LINCHPIN_EXPECTS(diffusion.innovation > 0);
  return next_reach(0, 1, diffusion, years);
}

double bass_rate(Diffusion const& diffusion, double years) {
  auto const share = bass_share(diffusion, years);
  return (diffusion.innovation + diffusion.imitation * share) * (1 - share);
}

double bass_peak_time(Diffusion const& diffusion) {
  LINCHPIN_EXPECTS(diffusion.innovation > 0);
  if (diffusion.imitation <= diffusion.innovation) return 0;
  return std::log(diffusion.imitation / diffusion.innovation) /
         (diffusion.innovation + diffusion.imitation);
}

double fisher_pry_share(double speed, double midpoint, double years) {
  return 1 / (1 + std::exp(-speed * (years - midpoint)));
}

double takeover_time(double speed) {
  LINCHPIN_EXPECTS(speed > 0);
  return 2 * std::log(9.0) / speed;
}

}  // namespace linchpin::localize
