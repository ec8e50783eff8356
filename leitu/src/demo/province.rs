//! The tree: the province's work committee, its organs, fourteen cities' work committees with theirs, and branches.
use super::chance::Chance;
use super::names::{CITIES, CITY_ORGANS, PARTS, PROVINCE_ORGANS};
use kernel::{BusinessDate, Error, OrgId, Result};
use organisations::{NewOrganisation, OrgKind};

pub const NAME: &str = "辽宁省直机关工委（演示数据）";
pub const AREA: &str = "辽宁省";

/// The branch whose secretary, member and deputy one presses to be: 锦州市财政局业务一科党支部.
pub const HERO: &str = "2107.001.005";

/// A branch, as far as the rest of the demo must know it.
#[derive(Clone, Debug)]
pub struct Branch {
    pub id: OrgId,
    pub code: String,
    pub joint: bool,
    /// The organ's committee above it.
    pub unit: OrgId,
}

pub struct Province {
    pub root: OrgId,
    /// Parents before children.
    pub organisations: Vec<NewOrganisation>,
    pub branches: Vec<Branch>,
    since: BusinessDate,
}

impl Province {
    /// # Errors
    /// `org-code`, `org-name`: a name of the lists is not in order.
    pub fn plan(chance: &mut Chance, since: BusinessDate) -> Result<Province> {
        let root = NewOrganisation::parse("21", NAME, OrgKind::Committee, "", None, since)?;
        let mut province = Province { root: root.id, organisations: vec![root], branches: Vec::new(), since };
        for (i, organ) in PROVINCE_ORGANS.iter().enumerate() {
            let parts = chance.between(6, 9);
            province.organ(chance, &format!("21.{:03}", i + 1), organ, "处", province.root, parts)?;
        }
        for (i, city) in CITIES.iter().enumerate() {
            let code = format!("21{:02}", i + 1);
            let committee = province.add(&code, &format!("{city}市直机关工委"), OrgKind::Committee, "", province.root)?;
            for (n, organ) in CITY_ORGANS.iter().enumerate() {
                let parts = if n == 0 { 6 } else { chance.between(3, 5) };
                province.organ(chance, &format!("{code}.{:03}", n + 1), &format!("{city}市{organ}"), "科", committee, parts)?;
            }
        }
        Ok(province)
    }
    /// Where the branch with which one begins stands among the branches.
    ///
    /// # Errors
    /// Internal: the lists of names have changed under it.
    pub fn hero(&self) -> Result<usize> {
        self.branches.iter().position(|b| b.code == HERO).ok_or_else(|| Error::internal("the demo's branch"))
    }
    fn add(&mut self, code: &str, name: &str, kind: OrgKind, category: &str, parent: OrgId) -> Result<OrgId> {
        let mut new = NewOrganisation::parse(code, name, kind, category, Some(parent), self.since)?;
        // Two to six units: some joint branches cover more than the five that are in order.
        new.joint_units = (kind == OrgKind::JointBranch).then(|| self.organisations.len() as i64 % 5 + 2);
        let id = new.id;
        self.organisations.push(new);
        Ok(id)
    }
    /// An organ's committee with its branches; in a large one the last two stand under a general branch.
    fn organ(&mut self, chance: &mut Chance, code: &str, name: &str, office: &str, parent: OrgId, parts: u32) -> Result<()> {
        let unit = self.add(code, &format!("{name}机关党委"), OrgKind::Committee, "", parent)?;
        let mut above = unit;
        for (i, (part, category)) in (1u32..=parts).zip(PARTS) {
            if parts >= 8 && i + 1 == parts {
                above = self.add(&format!("{code}.900"), &format!("{name}直属单位党总支"), OrgKind::GeneralBranch, "", unit)?;
            }
            let joint = *category == *"事业单位" && chance.percent(40);
            let (kind, word) = if joint { (OrgKind::JointBranch, "联合党支部") } else { (OrgKind::Branch, "党支部") };
            let (code, name) = (format!("{code}.{i:03}"), format!("{name}{}{word}", part.replace('%', office)));
            let id = self.add(&code, &name, kind, category, above)?;
            self.branches.push(Branch { id, code, joint, unit });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_province_has_over_a_thousand_branches_fourteen_cities_and_the_same_names_every_time() {
        let day = BusinessDate::parse("2018-11-01").unwrap();
        let names = |p: &Province| p.organisations.iter().map(|o| format!("{} {}", o.code, o.name)).collect::<Vec<_>>();
        let (one, two) = (Province::plan(&mut Chance::new(1), day).unwrap(), Province::plan(&mut Chance::new(1), day).unwrap());
        assert_eq!(names(&one), names(&two));
        let codes: std::collections::BTreeSet<&str> = one.organisations.iter().map(|o| o.code.as_str()).collect();
        assert_eq!(codes.len(), one.organisations.len());
        assert!(one.branches.len() >= 1000 && one.branches.iter().any(|b| b.joint), "{}", one.branches.len());
        assert_eq!(one.organisations.iter().filter(|o| o.name.ends_with("市直机关工委")).count(), 14);
        let hero = one.branches[one.hero().unwrap()].id;
        assert_eq!(one.organisations.iter().find(|o| o.id == hero).unwrap().name, "锦州市财政局业务一科党支部");
    }
}
