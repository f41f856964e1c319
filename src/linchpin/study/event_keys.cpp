// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/event_keys.h"

#include <fmt/format.h>

#include "linchpin/core/nearest.h"

namespace linchpin::study {

void read_recovery(TomlReader& reader, Course& course, bool ends) {
  auto const days = reader.whole("recovery_days", days_range);
  if (days) course.recovery_days = days->value;
  if (days && !ends) {
    reader.problem(ErrorCode::bad_value, "'recovery_days' without an end to recover from",
                   days->where, "add to_day, the day from which the effect fades");
  }
  auto const curve = reader.text("recovery");
  if (!curve) return;
  if (!reader.has("recovery_days")) missing(reader, "recovery_days", "30");
  std::vector<std::string> const known{"linear", "convex", "concave", "exponential"};
  for (std::size_t k = 0; k < known.size(); ++k) {
    if (curve->value != known[k]) continue;
    course.recovery = static_cast<RecoveryCurve>(k);
    return;
  }
  reader.problem(ErrorCode::bad_value, fmt::format("'{}' is no curve of recovery", curve->value),
                 curve->where,
                 did_you_mean(curve->value, known,
                              "use \"linear\", \"convex\", \"concave\" or \"exponential\""));
}

Course read_times(TomlReader& reader) {
  Course course;
  if (auto const from = reader.whole("from_day", days_range)) course.from_day = from->value;
  if (auto const ramp = reader.whole("ramp_days", days_range)) course.ramp_days = ramp->value;
  if (auto const to = reader.whole("to_day", days_range)) {
    course.to_day = to->value;
    if (to->value <= course.from_day) {
      reader.problem(ErrorCode::bad_value,
                     fmt::format("end before start: to_day {} is not after from_day {}", to->value,
                                 course.from_day),
                     to->where, "to_day is the first day without effect again");
    }
  }
  read_recovery(reader, course, reader.has("to_day"));
  return course;
}

Course read_course(TomlReader& reader) {
  auto course = read_times(reader);
  if (auto const share = reader.number("share", share_range)) course.share = share->value;
  return course;
}

}  // namespace linchpin::study
