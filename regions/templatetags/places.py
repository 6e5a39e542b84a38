"""Places in templates."""

from django import template

from regions.models import Region

register = template.Library()


@register.inclusion_tag("regions/region_names.html")
def region_names():
    """A list of provinces that the region field of a filter form completes from."""
    return {"regions": Region.objects.at_level("province").current()}
