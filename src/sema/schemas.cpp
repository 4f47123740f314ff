#include "sema/schemas.h"

#include <algorithm>

#include "sema/schema_types.h"

namespace farol::sema {
namespace {

constexpr Words known_languages = {"en", "zh-Hant", "zh-Hans", "pt"};

constexpr Words jurisdictions = {"MO", "HK", "CN", "TW", "SG", "EU", "US", "other"};
constexpr Words sectors = {"construction", "education",   "finance",      "gaming",    "government",
                           "health",       "hospitality", "insurance",    "logistics", "manufacturing",
                           "media",        "non_profit",  "professional", "property",  "retail",
                           "technology",   "telecom",     "utilities",    "other"};
constexpr Words accounts = {"mainland", "international", "unknown"};
constexpr Words editions = {"standard", "professional", "exclusive"};

constexpr AttributeSchema policy[] = {
    text("title"),
    list(word("jurisdiction", jurisdictions)),
    word("sector", sectors),
    number("headcount"),
    word("account", accounts),
    word("edition", editions),
    string("time_zone"),
    word("language", known_languages),
    text("controller"),
    text("representative"),
    text("address"),
    text("contact"),
    string("registration"),
    // Under the cybersecurity law of Macau, and under that of the mainland: two facts.
    yes_no("critical_infrastructure"),
    yes_no("cn_critical_infrastructure"),
};

constexpr Words categories = {"contact",    "identification", "id_document",   "payroll",       "financial_account",
                              "cardholder", "contract",       "attendance",    "location",      "biometric",
                              "health",     "genetic",        "sex_life",      "racial_ethnic", "religion_belief",
                              "political",  "union",          "private_life",  "criminal",      "minor",
                              "evaluation", "recording_av",   "communication", "credential",    "business_secret"};
constexpr Words grounds = {"consent",        "explicit_consent", "separate_consent",    "contract",    "legal_duty",
                           "vital_interest", "public_task",      "legitimate_interest", "law",         "authorisation",
                           "association",    "health_care",      "legal_claim",         "made_public", "labour_rules"};
constexpr Words subjects = {"employees", "applicants", "customers", "patients",  "students", "minors",
                            "suppliers", "visitors",   "members",   "relatives", "public",   "other"};
constexpr Words cn_levels = {"general", "important", "core"};
constexpr Words masks = {"none", "masked", "pseudonymised"};

constexpr AttributeSchema data[] = {
    text("title"),
    list(word("category", categories)),
    list(name("store", wanted::store)),
    text("purpose"),
    list(word("ground", grounds)),
    duration("retention"),
    list(word("subjects", subjects)),
    number("people"),
    word("cn_level", cn_levels),
    word("mask", masks),
    name("owner", wanted::role),
    word("after", retention_starts),
    word("then", retention_ends),
    yes_no("forever"),
    text("necessity"),
    list(name("combined", wanted::data)),
    yes_no("purpose_changed"),
    yes_no("solvency"),
    yes_no("guardian_consent"),
    yes_no("marketing"),
    yes_no("automated_decision"),
    name("key_for", wanted::data),
};

constexpr Words platforms = {"dingtalk", "premises", "cloud", "paper", "other"};
constexpr Words store_kinds = {"folder",   "space",       "document", "meeting", "mailbox",
                               "database", "application", "cabinet",  "other"};
constexpr Words key_holders = {"self", "provider", "third_party"};

constexpr AttributeSchema store[] = {
    text("title"),
    word("on", platforms),
    word("kind", store_kinds),
    list(word("region", regions)),
    yes_no("encryption"),
    word("key_holder", key_holders),
    list(name("processor", fact("processor"))),
};

constexpr AttributeSchema app[] = {text("title"), string("provider"), list(name("processor", fact("processor")))};
constexpr AttributeSchema group[] = {text("title"), yes_no("external"), name("owner", wanted::role),
                                     yes_no("made_by_app")};
constexpr AttributeSchema place[] = {text("title"),      text("address"),     word("region", regions),
                                     string("latitude"), string("longitude"), number("radius")};
constexpr AttributeSchema department[] = {text("title"), name("within", wanted::department),
                                          name("head", wanted::role)};

constexpr Words secrecies = {"professional", "contract", "none"};

constexpr AttributeSchema role[] = {
    text("title"),
    name("clearance", wanted::tier),
    yes_no("admin"),
    list(name_or_string("department", wanted::department)),
    list(string("members")),
    list(name("manages", wanted::department)),
    list(name_or_string("group", wanted::group)),
    word("secrecy", secrecies),
    text("duty"),
    yes_no("shared"),
    yes_no("external"),
    yes_no("everybody"),
    name("approver", wanted::role),
    list(old_name("was")),
};

constexpr Words acts_on = {"data", "tier", "app", "group", "place", "department", "nothing"};
constexpr Words classes = {"see", "change", "send", "administer"};
constexpr Words keepers = {"api", "console", "people", "nobody"};
constexpr Words confidences = {"A", "B", "C"};
// What the target makes requests of (request_kinds in target/dingtalk/lower.cpp); a test holds the two equal.
constexpr Words requests = {"administrator",       "app_scope",      "attendance_option", "attendance_position",
                            "contact_restriction", "executive_mode", "field_hiding",      "field_hiding_by_scene",
                            "folder_role",         "group_option",   "meeting_option",    "meeting_owner",
                            "space_role",          "trusted_device"};
constexpr Words menu_confidences = {"documented", "low"};
constexpr Words scopes = {"role", "department", "user", "organisation"};

constexpr AttributeSchema feature[] = {
    text("title"),
    word("acts_on", acts_on),
    yes_no("privileged"),
    list(name("needs", wanted::feature_or_control)),
    list(name("excludes", wanted::feature_or_control)),
    list(name("controls", wanted::control)),
    word("class", classes),
    list(word("handles", categories)),
    word("kept_by", keepers),
    word("request", requests),
    string("value"),
    string("menu"),
    word("menu_confidence", menu_confidences),
    string("setting"),
    list(word("scope", scopes)),
    list(old_name("carries")),  // a context of this version of the library, or of a later one
    yes_no("per_object"),
    word("edition", editions),
    list(old_name("was")),
    number("since"),
    string("source"),
    word("confidence", confidences),
};

constexpr AttributeSchema context[] = {
    text("title"),   word("kept_by", keepers), list(old_name("was")),
    number("since"), string("source"),         word("confidence", confidences),
};

constexpr Words control_scopes = {"account", "permission"};

constexpr AttributeSchema control[] = {
    text("title"),
    word("of", control_scopes),
    list(name("excludes", wanted::feature_or_control)),
    word("kept_by", keepers),
    string("menu"),
    word("menu_confidence", menu_confidences),
    string("setting"),
    word("edition", editions),
    list(old_name("was")),
    number("since"),
    string("source"),
    word("confidence", confidences),
};

constexpr BlockSchema declared[] = {
    {"tiers", {}},  {"policy", policy},   {"data", data},       {"store", store},
    {"app", app},   {"group", group},     {"place", place},     {"department", department},
    {"role", role}, {"feature", feature}, {"context", context}, {"control", control},
};

}  // namespace

const BlockSchema& schema_of(std::string_view declared_kind) {
  return *std::find_if(std::begin(declared), std::end(declared),
                       [&](const BlockSchema& each) { return each.kind == declared_kind; });
}

std::span<const std::string_view> languages() { return known_languages; }

}  // namespace farol::sema
