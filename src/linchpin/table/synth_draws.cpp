// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/synth_draws.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace linchpin::synthesis {
namespace {

enum Kind : std::uint64_t {
  of_regions,
  of_places,
  of_sectors,
  of_technology,
  of_home,
  of_trade,
  of_kept
};

constexpr double pareto_exponent = 1.1;
constexpr double largest_beside_smallest = 2000;  // of regions
constexpr double sector_deviation = 0.9;
constexpr double technology_deviation = 1.3;
constexpr double home_deviation = 0.1;
constexpr double service_bias = 0.1;  // services are bought at home more, goods less
constexpr double distance_elasticity = 1.2;
constexpr double nearest_distance = 0.05;  // of the radius of the globe
constexpr double trade_deviation = 0.8;
constexpr double value_added_spread = 0.6;

using Point = std::array<double, 3>;

std::vector<Point> places(SynthesisOptions const& options) {
  std::vector<Point> result;
  for (std::size_t r = 0; r < options.regions; ++r) {
    auto rng = stream(options.seed, of_places, r);
    Point point{rng.normal(), rng.normal(), rng.normal()};
    double const length = std::hypot(point[0], point[1], point[2]);
    for (double& each : point) each /= length;
    result.push_back(point);
  }
  return result;
}

double distance(Point const& a, Point const& b) {
  double const cosine = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  return nearest_distance + std::acos(std::clamp(cosine, -1.0, 1.0));
}

void draw_sizes(SynthesisOptions const& options, Draws& draws) {
  for (std::size_t r = 0; r < options.regions; ++r) {
    auto rng = stream(options.seed, of_regions, r);
    double const size = std::pow(rng.uniform(), -1 / pareto_exponent);
    draws.region_size.push_back(std::min(size, largest_beside_smallest));
  }
  double const largest = *std::max_element(draws.region_size.begin(), draws.region_size.end());
  for (double& size : draws.region_size) size /= largest;
  for (std::size_t s = 0; s < options.sectors; ++s) {
    auto rng = stream(options.seed, of_sectors, s);
    draws.sector_size.push_back(log_normal(rng, sector_deviation));
  }
}

/// Large regions buy more at home than small ones; the average weighted by size is as asked.
void draw_home(SynthesisOptions const& options, Draws& draws) {
  draws.home = DenseMatrix(options.regions, options.sectors);
  double sum = 0, weight = 0;
  for (std::size_t r = 0; r < options.regions; ++r) {
    auto rng = stream(options.seed, of_home, r);
    for (std::size_t s = 0; s < options.sectors; ++s) {
      bool const service = 2 * s >= options.sectors;
      double const share = options.domestic_share + (service ? service_bias : -service_bias) +
                           home_deviation * rng.normal();
      draws.home(r, s) = std::clamp(share, 0.02, 0.98);
      double const size = draws.region_size[r] * draws.sector_size[s];
      sum += size * draws.home(r, s);
      weight += size;
    }
  }
  // Shift the odds until the average fits; a few rounds are plenty for a made-up figure.
  double const wanted = options.domestic_share;
  for (int round = 0; round < 20 && wanted > 0 && wanted < 1; ++round) {
    double const mean = sum / weight;
    double const shift = wanted / (1 - wanted) * (1 - mean) / mean;
    sum = 0;
    for (std::size_t r = 0; r < options.regions; ++r) {
      for (std::size_t s = 0; s < options.sectors; ++s) {
        double const odds = shift * draws.home(r, s) / (1 - draws.home(r, s));
        draws.home(r, s) = odds / (1 + odds);
        sum += draws.region_size[r] * draws.sector_size[s] * draws.home(r, s);
      }
    }
  }
  for (double& share : draws.home.values()) {
    if (options.regions == 1 || wanted >= 1) share = 1;
    if (options.regions > 1 && wanted <= 0) share = 0;
  }
}

/// Gravity: the seller's size over distance, times luck; some sellers are not there at all.
void draw_trade(SynthesisOptions const& options, Draws& draws) {
  auto const G = options.regions;
  auto const place = places(options);
  draws.trade.assign(options.sectors * G * G, 0.0);
  for (std::size_t s = 0; s < options.sectors; ++s) {
    auto rng = stream(options.seed, of_trade, s);
    for (std::size_t r = 0; r < G; ++r) {
      auto* const shares = draws.trade.data() + (s * G + r) * G;
      double sum = 0;
      std::size_t nearest = r == 0 ? 1 : 0;
      for (std::size_t e = 0; e < G; ++e) {
        double const luck = log_normal(rng, trade_deviation);
        bool const absent = rng.uniform() < options.zero_share;
        if (e == r) continue;
        if (distance(place[r], place[e]) < distance(place[r], place[nearest])) nearest = e;
        if (absent) continue;
        shares[e] = luck * draws.region_size[e] *
                    std::pow(distance(place[r], place[e]), -distance_elasticity);
        sum += shares[e];
      }
      if (sum == 0 && G > 1) sum = shares[nearest] = 1;  // somebody must sell
      for (std::size_t e = 0; e < G && sum > 0; ++e) shares[e] /= sum;
    }
  }
}

}  // namespace

Rng stream(Seed seed, std::uint64_t kind, std::uint64_t index) {
  constexpr std::uint64_t streams_per_kind = std::uint64_t{1} << 40;
  return Rng(seed, kind * streams_per_kind + index);
}

double log_normal(Rng& rng, double deviation) { return std::exp(deviation * rng.normal()); }

Draws draw(SynthesisOptions const& options) {
  Draws draws;
  draw_sizes(options, draws);
  auto const S = options.sectors;
  draws.technology = DenseMatrix(S, S);
  for (std::size_t s = 0; s < S; ++s) {
    auto rng = stream(options.seed, of_technology, s);
    for (double& weight : draws.technology.row(s)) {
      weight = draws.sector_size[s] * log_normal(rng, technology_deviation);
    }
    draws.technology(s, s) *= 3;  // industries buy much from their own kind
  }
  draw_home(options, draws);
  draw_trade(options, draws);
  for (std::size_t r = 0; r < options.regions; ++r) {
    auto rng = stream(options.seed, of_kept, r);
    for (std::size_t s = 0; s < S; ++s) {
      double const share = options.value_added_share + value_added_spread * (rng.uniform() - 0.5);
      draws.kept.push_back(std::clamp(share, 0.05, 0.95));
    }
  }
  return draws;
}

}  // namespace linchpin::synthesis
