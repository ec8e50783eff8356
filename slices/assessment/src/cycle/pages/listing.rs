//! What a list of a cycle's sheets is asked for, and what of it one may open.
use crate::SheetRead;
use crate::cycle::Cycle;
use crate::sheet::listing::{self as sheets, Listing};
use crate::sheet::store::Sheet;
use crate::sheet::{State, rechecked};
use access::{Grant, Permission, Reach};
use db::{Result as Unit, Tx};
use kernel::{CycleId, Error, OrgPath, Result};
use scoring::Layer;
use serde::{Deserialize, Serialize};

const PAGE: i64 = 50;

/// `?layer=&state=&under=&category=&grade=&star=&after=`; the state is one of the layer `self`, `acceptance` or `recheck`, `under` a
/// place in the cycle's copy of the tree, or several with commas between. The re-check lists only the branches that were drawn.
#[derive(Deserialize, Serialize, Default, Clone)]
pub struct Query {
    pub layer: Option<String>,
    pub state: Option<String>,
    pub under: Option<String>,
    pub category: Option<String>,
    pub grade: Option<String>,
    /// The one a sheet has by itself.
    pub star: Option<String>,
    pub after: Option<String>,
    /// Of its file.
    pub format: Option<String>,
}

impl Query {
    /// # Errors
    /// Not found for a state there is not, and for a place outside the reach.
    pub fn listing(&self, cycle: CycleId, reach: Reach) -> Result<Listing> {
        let state = self.state.as_deref().filter(|s| !s.is_empty()).map(State::parse).transpose().map_err(|_| Error::not_found())?;
        let under = self.places()?;
        let reach = match under.as_slice() {
            [] => reach,
            places if places.iter().all(|path| reach.covers(path)) => Reach::of(under.into_iter().map(Some)),
            _ => return Err(Error::not_found()),
        };
        let (layer, grade) = (self.layer(), self.grade.clone().filter(|g| !g.is_empty()));
        let star = self.star.as_deref().filter(|s| !s.is_empty()).map(str::parse::<u8>).transpose().map_err(|_| Error::not_found())?;
        let star = star.map(i64::from);
        Ok(Listing { cycle, layer, state, category: self.category.clone(), grade, star, reach, after: self.after.clone(), limit: PAGE })
    }
    /// What one may open of this page, and where the next begins. The first page also has what has come into one's reach since
    /// the cycle opened.
    ///
    /// # Errors
    /// The engine's own.
    pub async fn page(
        tx: &mut Tx<'_>,
        grant: &Grant<SheetRead>,
        cycle: &Cycle,
        l: &Listing,
        whole: bool,
    ) -> Unit<(Vec<Sheet>, Option<String>)> {
        let rows = sheets::list(tx, l).await?;
        let last = rows.last().filter(|_| rows.len() as i64 == l.limit).map(|s| s.code.clone());
        let mut seen = sheets::within(tx, grant, rows).await?;
        // Nothing can come into the reach of whoever has all of the cycle in it.
        let all = grant.reach().covers(&tree::node(tx, cycle.root).await?.path);
        if whole && !all && l.after.is_none() {
            let arrived = sheets::arrived(tx, l).await?;
            let arrived = drawn(tx, l, arrived).await?;
            seen.splice(..0, sheets::within(tx, grant, arrived).await?);
        }
        Ok((seen, last))
    }
    fn places(&self) -> Result<Vec<OrgPath>> {
        self.under.as_deref().unwrap_or_default().split(',').filter(|s| !s.is_empty()).map(OrgPath::parse).collect()
    }
    /// What the places that were asked for are called, where they are not all of the cycle.
    ///
    /// # Errors
    /// The engine's own.
    pub async fn named(&self, tx: &mut Tx<'_>, cycle: &Cycle) -> Unit<Vec<String>> {
        let mut orgs = Vec::new();
        for path in self.places()? {
            orgs.extend(tree::org_at(tx, &path, cycle.opened).await?.filter(|org| *org != cycle.root));
        }
        Ok(organisations::named(tx, &orgs).await?.into_iter().map(|o| o.name).collect())
    }
    /// The reader's whole reach is listed, not one place in it.
    pub fn whole(&self) -> bool {
        self.under.as_deref().is_none_or(str::is_empty)
    }
    /// How many of its branches a list by the cycle's copy does not show, because they have left the reader's reach, and how many
    /// it shows beside them, because they have come into it; by their state.
    ///
    /// # Errors
    /// The engine's own.
    pub async fn moves<P: Permission>(tx: &mut Tx<'_>, grant: &Grant<P>, cycle: &Cycle, l: &Listing, whole: bool) -> Unit<Moves> {
        let states = |rows: Vec<Sheet>| rows.iter().map(|s| s.state(l.layer)).collect();
        let gone = sheets::departed(tx, grant, l).await?;
        let gone = states(drawn(tx, l, gone).await?);
        if !whole || grant.reach().covers(&tree::node(tx, cycle.root).await?.path) {
            return Ok(Moves { gone, come: Vec::new() });
        }
        let come = sheets::arrived(tx, l).await?;
        let come = sheets::within(tx, grant, come).await?;
        let come = drawn(tx, l, come).await?;
        Ok(Moves { gone, come: states(come) })
    }
    /// The layer whose states the list goes by.
    pub fn layer(&self) -> Layer {
        let asked = |l: &Layer| self.layer.as_deref() == Some(l.name());
        [Layer::Acceptance, Layer::Recheck].into_iter().find(asked).unwrap_or(Layer::SelfAssessment)
    }
    /// As the chips of the page keep whatever else was asked for, each behind an `&`. A category that is empty is asked for too.
    pub fn kept(&self) -> String {
        let filters = [("under", &self.under), ("category", &self.category), ("grade", &self.grade), ("star", &self.star)];
        let given = filters.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
        let given = given.filter(|(name, value)| *name == "category" || !value.is_empty());
        let one = |pair| serde_urlencoded::to_string([pair]).map(|text| format!("&{text}"));
        given.filter_map(|pair| one(pair).ok()).collect()
    }
    /// As the address of the list without one of its filters.
    fn without(&self, name: &str) -> String {
        let mut q = Self { after: None, ..self.clone() };
        match name {
            "grade" => q.grade = None,
            "star" => q.star = None,
            "under" => q.under = None,
            _ => q.category = None,
        }
        serde_urlencoded::to_string(&q).unwrap_or_default()
    }
    /// The filters that no chip shows, `places` by their names: key of what is said, value, and the address of the list without it.
    pub fn only(&self, places: &[String], is_final: bool) -> Vec<(&'static str, String, String)> {
        let places = Some(places.join("、")).filter(|names| !names.is_empty());
        let category = self.category.iter().map(|c| if c.is_empty() { ("sheets-no-category", c) } else { ("sheets-category", c) });
        let grade = self.grade.iter().filter(|g| !g.is_empty()).map(|g| ("sheets-grade", g));
        let star = self.star.iter().filter(|s| !s.is_empty()).map(|s| (if is_final { "sheets-star-final" } else { "sheets-star" }, s));
        let places = places.iter().map(|names| ("under", ("sheets-under", names)));
        let named =
            places.chain(category.map(|of| ("category", of))).chain(grade.map(|of| ("grade", of))).chain(star.map(|of| ("star", of)));
        named.map(|(name, (key, value))| (key, value.clone(), self.without(name))).collect()
    }
    /// Where the list goes on.
    pub fn next(self, after: String) -> String {
        serde_urlencoded::to_string(Query { after: Some(after), ..self }).unwrap_or_default()
    }
}

/// States of the branches that stand elsewhere today than in the cycle's copy.
#[derive(Default)]
pub struct Moves {
    pub gone: Vec<State>,
    pub come: Vec<State>,
}

/// The re-check lists only what was drawn.
async fn drawn(tx: &mut Tx<'_>, l: &Listing, rows: Vec<Sheet>) -> Unit<Vec<Sheet>> {
    if l.layer != Layer::Recheck { Ok(rows) } else { rechecked::among(tx, rows).await }
}
