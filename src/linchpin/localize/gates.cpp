// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/gates.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "linchpin/core/contracts.h"
#include "linchpin/core/nearest.h"

namespace linchpin::localize {
namespace {

constexpr double highest_readiness = 9;

bool within(double value, double low, double high) {
  return std::isfinite(value) && value >= low && value <= high;
}

Tool const* find(std::span<Tool const> tools, std::string const& name) {
  auto const found =
      std::find_if(tools.begin(), tools.end(), [&](Tool const& each) { return each.name == name; });
  return found == tools.end() ? nullptr : &*found;
}

void check_tools(std::span<Tool const> tools, std::string const& where, ErrorList& errors) {
  std::set<std::string> seen;
  for (auto const& tool : tools) {
    if (!seen.insert(tool.name).second) {
      errors.add(ErrorCode::duplicate_label, fmt::format("two tools are called '{}'", tool.name),
                 where, "give every tool its own name");
    }
    if (!within(tool.access, 0, 1)) {
      errors.add(ErrorCode::bad_value, fmt::format("access to {} is {}", tool.name, tool.access),
                 where, "use a share, 0 to 1");
    }
    if (!within(tool.readiness, 0, highest_readiness)) {
      errors.add(ErrorCode::bad_value,
                 fmt::format("readiness of {} is {}", tool.name, tool.readiness), where,
                 "use a technology readiness level, 0 to 9");
    }
    if (!within(tool.rate, 0, highest_readiness)) {
      errors.add(ErrorCode::bad_value, fmt::format("{} gains {} a year", tool.name, tool.rate),
                 where, "use levels of readiness per year, 0 to 9");
    }
  }
}

}  // namespace

Result<void> check(std::span<Step const> ladder, std::span<Tool const> tools, GateRule const& rule,
                   std::string const& where) {
  ErrorList errors;
  check_tools(tools, where, errors);
  std::vector<std::string> names;
  for (auto const& tool : tools) names.push_back(tool.name);
  if (ladder.empty()) {
    errors.add(ErrorCode::missing_value, "the ladder has no step", where, "add one");
  }
  double below = 0;
  std::set<std::string> seen;
  for (auto const& step : ladder) {
    if (!seen.insert(step.name).second) {
      errors.add(ErrorCode::duplicate_label, fmt::format("two steps are called '{}'", step.name),
                 where, "give every step its own name");
    }
    if (!std::isfinite(step.level) || step.level <= below) {
      errors.add(
          ErrorCode::bad_value,
          fmt::format("the level of step {} is {}, not above {}", step.name, step.level, below),
          where, "list steps from the lowest to the highest");
    }
    below = std::max(below, step.level);
    for (auto const& tool : step.tools) {
      if (find(tools, tool) != nullptr) continue;
      errors.add(ErrorCode::unknown_label,
                 fmt::format("step {} needs the unknown tool '{}'", step.name, tool), where,
                 did_you_mean(tool, names, "list it among the tools"));
    }
  }
  if (!within(rule.access_needed, 0, 1) || !within(rule.readiness_needed, 0, highest_readiness)) {
    errors.add(ErrorCode::bad_value, "the rule of gates is out of range", where,
               "access_needed is a share, readiness_needed a level of 0 to 9");
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

bool is_available(Tool const& tool, GateRule const& rule) {
  return tool.access >= rule.access_needed || tool.readiness >= rule.readiness_needed;
}

double mean_access(std::span<Tool const> tools, GateRule const& rule) {
  if (tools.empty()) return 1;
  double sum = 0;
  for (auto const& tool : tools) {
    sum += tool.readiness >= rule.readiness_needed ? 1.0 : tool.access;
  }
  return sum / static_cast<double>(tools.size());
}

Reach reach(std::span<Step const> ladder, std::span<Tool const> tools, GateRule const& rule) {
  Reach result;
  for (auto const& step : ladder) {
    for (auto const& name : step.tools) {
      auto const* const tool = find(tools, name);
      if (tool == nullptr || !is_available(*tool, rule)) result.missing.push_back(name);
    }
    if (!result.missing.empty()) break;
    ++result.steps;
    result.ceiling = step.level;
  }
  return result;
}

double access_under_control(double before, double strictness, double leakage) {
  LINCHPIN_EXPECTS(within(before, 0, 1) && within(strictness, 0, 1) && within(leakage, 0, 1));
  return before * (1 - strictness * (1 - leakage));
}

double next_readiness(double readiness, double rate, double years) {
  LINCHPIN_EXPECTS(within(readiness, 0, highest_readiness) && rate >= 0 && years >= 0);
  return std::min(readiness + rate * years, highest_readiness);
}

}  // namespace linchpin::localize
