"""Places in templates."""

from django import template

from regions.models import Region

register = template.Library()


@register.inclusion_tag("regions/region_names.html")
def region_names():
    """A list of provinces that the region field of a filter form completes from."""
    return {"regions": Region.objects.at_level("province").current()}


@register.filter
def place(region):
    """A region's name; below county level, where names repeat, with the division above it."""
    if region.level in (Region.Level.TOWNSHIP, Region.Level.COMMUNITY) and region.parent:
        return f"{region.parent.name}{region.name}"
    return region.name


@register.filter
def beyond(sub, regions):
    """A place below county level as the text names it, unless one of ``regions`` says so already."""
    return "" if any(region.name == sub for region in regions) else sub
