// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include "linchpin/core/random.h"
#include "linchpin/leverage/price_world.h"

namespace linchpin::leverage {

/// Shares of a random world: about half of each purchase is domestic, one in five links is missing.
inline PriceWorldData random_price_data(std::size_t regions, std::size_t sectors, Rng& rng,
                                        double inputs = 0.6) {
  PriceWorldData data;
  for (std::size_t r = 0; r < regions; ++r) data.regions.push_back(fmt::format("R{}", r));
  for (std::size_t j = 0; j < sectors; ++j) data.sectors.push_back(fmt::format("s{}", j));
  auto const row = [&](DenseVector& into, std::size_t width, double total) {
    std::size_t const start = into.size();
    double sum = 0;
    for (std::size_t i = 0; i < width; ++i) sum += into.emplace_back(0.05 + rng.uniform());
    for (std::size_t i = 0; i < width; ++i) into[start + i] *= total / sum;
  };
  for (std::size_t j = 0; j < sectors; ++j) {
    data.theta.push_back(1 + 7 * rng.uniform());
    for (std::size_t m = 0; m < regions; ++m) {
      std::size_t const start = data.shares.size();
      row(data.shares, regions, 1);
      double sum = 0;
      for (std::size_t i = 0; i < regions; ++i) {
        double& share = data.shares[start + i];
        if (i == m) share += 0.8;
        if (i != m && rng.uniform() < 0.2) share = 0;
        sum += share;
      }
      for (std::size_t i = 0; i < regions; ++i) data.shares[start + i] /= sum;
    }
  }
  for (std::size_t m = 0; m < regions; ++m) {
    row(data.final_shares, sectors, 1);
    for (std::size_t j = 0; j < sectors; ++j) {
      data.spending.push_back(1 + 9 * rng.uniform());
      row(data.input_weights, sectors, inputs * (0.5 + 0.5 * rng.uniform()));
    }
  }
  return data;
}

inline PriceWorld random_price_world(std::size_t regions, std::size_t sectors, Rng& rng,
                                     double inputs = 0.6) {
  return PriceWorld::make(random_price_data(regions, sectors, rng, inputs)).value();
}

}  // namespace linchpin::leverage
