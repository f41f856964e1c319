// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "linchpin/core/error.h"
#include "linchpin/economy/economy.h"
#include "support/random_economy.h"

namespace linchpin::test {

/// Four regions R0 … R3, six sectors s0 … s5 (s3 … s5 are services).
inline Economy small_economy() {
  return random_economy({.regions = 4, .sectors = 6, .seed = Seed{11}});
}

/// Every problem of `error`, one per line: "code where: what | hint".
inline std::string all_of(Error const& error) {
  std::string text;
  auto const add = [&](Error const& each) {
    text += std::string{to_string(each.code)} + " " + each.where + ": " + each.what + " | " +
            each.hint + "\n";
  };
  add(error);
  for (auto const& each : error.further) add(each);
  return text;
}

/// A study that uses every key.
inline std::string full_study() {
  return R"(title = "Test"
question = "What breaks?"
world = "small"
[model]
psi = 0.7
inventory_days = {goods = 60, services = 2, s1 = 15}
tau_inventory_days = 30
overproduction_max = 1.1
tau_overproduction_days = 200
order_rule = "fixed"
[[scenario]]
name = "cut"
title = "A cut"
[scenario.model]
order_rule = "reweighted"
[[scenario.cut]]
sellers = ["R1", "R2"]
buyers = ["R0"]
sectors = ["s0", "s1"]
share = 0.8
from_day = 2
to_day = 30
ramp_days = 3
uses = ["intermediate"]
exempt = ["R2", "R0:s3", "R1:s0>R0:s1", "R1>R3"]
[[scenario]]
name = "loss"
[[scenario.capacity_loss]]
industries = ["R3:*", "*:s2"]
share = 0.3
from_day = 0
to_day = 10
[depend]
buyers = ["R0", "R0:s1"]
top = 5
[disrupt]
days = 40
focus = "R0"
variants = true
[output]
formats = ["json", "csv"]
)";
}

}  // namespace linchpin::test
