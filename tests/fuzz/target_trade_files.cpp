// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <string>
#include <vector>

#include "fuzz/support.h"
#include "linchpin/parameters/trade_elasticities.h"
#include "linchpin/table/trade/production_shares.h"
#include "linchpin/table/trade/tariff_file.h"

namespace linchpin::fuzz {
namespace {

std::vector<std::string> const regions{"A", "B"}, sectors{"C26", "s"};

void require_tariffs(std::filesystem::path const& path) {
  auto const cells = read_tariff_file(path, regions, sectors);
  if (!cells) return require_sound(cells.error());
  for (double const rate : tariffs_of(*cells, regions.size(), sectors.size())) {
    require(rate >= 0 && std::isfinite(rate), "a tariff is finite and >= 0");
  }
}

void require_shares(std::filesystem::path const& path) {
  auto const shares = read_production_shares(path, regions, sectors);
  if (!shares) return require_sound(shares.error());
  for (std::size_t k = 0; k < shares->value_added_share.size(); ++k) {
    double const value_added = shares->value_added_share[k];
    double const inputs = shares->input_shares[2 * k] + shares->input_shares[2 * k + 1];
    require(value_added >= 0 && value_added <= 1, "a share is between 0 and 1");
    require(std::abs(inputs - 1) < 1e-9 || (inputs == 0 && value_added == 1),
            "input shares sum to one, or there are no materials");
  }
}

void require_elasticities(std::string_view text) {
  for (std::string const set : {"", "CP"}) {
    auto const file = linchpin::parameters::read_trade_elasticities(text, "fuzz.csv", set);
    if (!file) {
      require_sound(file.error());
      continue;
    }
    auto const mapped =
        linchpin::parameters::trade_elasticities_of(std::span(&*file, 1), std::span(sectors));
    if (!mapped) {
      require_sound(mapped.error());
      continue;
    }
    for (double const theta : mapped->theta) require(theta > 0, "an elasticity is above 0");
  }
  auto const profile = linchpin::parameters::read_horizon_profile(text, "fuzz.csv");
  if (!profile) return require_sound(profile.error());
  double const first = profile->share(0), later = profile->share(5);
  require(first > 0 && later >= first && later <= 1, "a profile rises from above 0 to 1");
}

}  // namespace

void trade_files(Bytes input) {
  InputAsFile const file(input);
  require_tariffs(file.path());
  require_shares(file.path());
  require_elasticities(text_of(input));
}

}  // namespace linchpin::fuzz
