// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "fuzz/support.h"
#include "linchpin/table/nowcast/concordance.h"
#include "linchpin/table/nowcast/split.h"
#include "linchpin/table/nowcast/trade_cube.h"
#include "linchpin/table/repair/targets.h"

namespace linchpin::fuzz {
namespace {

/// A number of a list that may not be negative.
void require_amount(double value) {
  require(std::isfinite(value) && value >= 0, "an amount that was read is finite and >= 0");
}

}  // namespace

void cube(Bytes input) {
  InputAsFile const file(input);
  CubeReadOptions options;
  options.memory_limit = memory_limit;
  options.tariffs = text_of(input).find("tariff") != std::string_view::npos;
  auto const cube = read_trade_cube(file.path(), options, RunControl{.threads = 1});
  if (!cube) return require_sound(cube.error());
  auto const cells = cube->regions.size() * cube->regions.size() * cube->sectors.size();
  require(cube->values.size() == cells, "there is a value for every cell");
  require(cube->tariffs.size() == (options.tariffs ? cells : 0), "tariffs come when asked for");
  for (double const value : cube->values) require_amount(value);
}

void concordance(Bytes input) {
  InputAsFile const file(input);
  auto const concordance = read_concordance(file.path());
  if (!concordance) return require_sound(concordance.error());
  require(!concordance->pairs.empty(), "a concordance connects something");
  for (auto const& [from, to] : concordance->pairs) {
    require(from < concordance->from.size() && to < concordance->to.size(),
            "a pair connects labels of the concordance");
  }
}

void split(Bytes input) {
  InputAsFile const file(input);
  // The header decides which of the four is meant; the others must refuse it.
  auto const take = [&](auto const& read, auto const& amount) {
    auto const lines = read(file.path());
    if (!lines) return require_sound(lines.error());
    for (auto const& line : *lines) require_amount(amount(line));
  };
  take(read_split_outputs, [](SplitSpec::Output const& line) { return line.value; });
  take(read_split_flows, [](SplitSpec::Flow const& line) { return line.value; });
  take(read_split_inputs, [](SplitSpec::Input const& line) { return line.share; });
  take(read_split_users, [](SplitSpec::User const& line) { return line.share; });
}

void balance_targets(Bytes input) {
  InputAsFile const file(input);
  auto const list = read_targets(file.path());
  if (!list) return require_sound(list.error());
  require(!list->entries.empty(), "a list of targets has one");
  for (auto const& entry : list->entries) {
    require(!entry.label.empty() && std::isfinite(entry.target), "a target is a number of a label");
    require_amount(entry.sigma);
  }
}

}  // namespace linchpin::fuzz
